import type { Id } from '../document.js';
import { digest } from '../values/digest.js';
import type { LockDocument, LockDocuments } from './lock-document.js';
import type { Locks } from './locks.js';
import type { Hold, Turns } from './turns.js';
import type { Wait } from './wait.js';

/** Turns given by the locks of the platform. It knows who has died, and wakes those who wait. */
export class PlatformTurns implements Turns {
  readonly #locks: Locks;
  readonly #documents: LockDocuments;

  constructor(locks: Locks, documents: LockDocuments) {
    this.#locks = locks;
    this.#documents = documents;
  }

  take(experiment: Id, wait: Wait, hold: Hold): Promise<void> {
    return this.#locks.request(lockName(experiment), { signal: wait.signal }, async () => {
      // A mark left there by a killed holder means nothing.
      const taken = await this.#documents.take(experiment);
      if (taken) await hold(taken);
    });
  }

  seize<T>(experiment: Id, callback: () => Promise<T>): Promise<T> {
    return this.#locks.request(lockName(experiment), { steal: true }, callback);
  }

  async describeHolder({ experiment, heartbeat }: LockDocument): Promise<string> {
    const { held = [] } = await this.#locks.query();
    const holder = held.find(({ name }) => name === lockName(experiment))?.clientId ?? 'another worker';
    return `${holder} holds it${heartbeat ? ` since ${heartbeat.toISOString()}` : ''}`;
  }
}

/** WebKit takes names of 1,024 characters at most, and the adapter may put something before them. */
const LONGEST = 500;

function lockName(experiment: Id): string {
  const text = JSON.stringify(experiment);
  return `algorithm/${text.length <= LONGEST ? text : digest(text)}`;
}

import type { Id } from '../document.js';
import { and, equal } from '../query/condition.js';
import type { StorageOptions } from '../storage-options.js';
import { timerDelay } from '../timer-delay.js';
import { asSeen, type LockDocument, type LockDocuments } from './lock-document.js';
import { Silence } from './silence.js';
import type { Hold, Turns } from './turns.js';
import type { Wait } from './wait.js';

/** How often the holder shows a sign of life in the length of a lease. One or two may come late, or not at all. */
const SIGNS_PER_LEASE = 4;

/**
 * Turns where the platform has no locks: the lock's document is a lease. Its holder renews it while it holds the lock;
 * those who wait look again and again, and take the lock when it is free, or has not changed for the length of a lease.
 */
export class LeaseTurns implements Turns {
  readonly #documents: LockDocuments;
  readonly #lease: number;
  readonly #clock: () => Date;

  constructor(documents: LockDocuments, { lease, clock }: Required<StorageOptions>) {
    this.#documents = documents;
    this.#lease = lease;
    this.#clock = clock;
  }

  async take(experiment: Id, wait: Wait, hold: Hold): Promise<void> {
    const taken = await this.#take(experiment, wait);
    if (!taken) return;
    const end = this.#renew(taken);
    try {
      await hold(taken);
    } finally {
      end();
    }
  }

  /** Nothing but the document gives the turn, so who changes that needs no turn. */
  seize<T>(_experiment: Id, callback: () => Promise<T>): Promise<T> {
    return callback();
  }

  async describeHolder({ heartbeat }: LockDocument): Promise<string> {
    const sign = heartbeat ? `, with its last sign of life at ${heartbeat.toISOString()}` : '';
    return `another worker holds it${sign}`;
  }

  async #take(experiment: Id, wait: Wait): Promise<LockDocument | undefined> {
    const silence = new Silence(this.#lease / SIGNS_PER_LEASE);
    for (;;) {
      const document = await this.#documents.find(experiment);
      if (!document) return undefined;
      wait.signal.throwIfAborted();
      const silent = silence.look(signOf(document));
      if (!document.locked || silent >= this.#lease) {
        // As it was seen, or not at all: of two who judge at once one has it, and a holder that renews it now keeps it.
        const taken = await this.#documents.take(
          experiment,
          and(asSeen(document), equal('heartbeat', document.heartbeat)),
        );
        if (taken) return taken;
      }
      await wait.sleep(untilNextLook());
    }
  }

  /** Shows that the holder lives, until the function returned is called. */
  #renew(taken: LockDocument): () => void {
    let heartbeat = taken.heartbeat;
    const renew = (): void => {
      heartbeat = laterThan(heartbeat, this.#clock());
      // One that fails is followed by another; if none succeeds the token tells, when the state is to be saved.
      this.#documents.change(taken, { heartbeat }).catch(() => undefined);
    };
    const timer = setInterval(renew, timerDelay(this.#lease / SIGNS_PER_LEASE));
    return () => clearInterval(timer);
  }
}

/** What changes whenever anybody takes, renews or frees the lock. */
function signOf({ _id, token, heartbeat }: LockDocument): string {
  return `${_id} ${token} ${heartbeat?.getTime()}`;
}

/** The time; a little more where the clock stands still or is set back, for that must not look like silence. */
function laterThan(last: Date | null, now: Date): Date {
  return new Date(Math.max(now.getTime(), (last?.getTime() ?? 0) + 1));
}

/** Soon, since nobody wakes a waiter; at random, so that many do not come at once. In milliseconds. */
function untilNextLook(): number {
  return 10 + 20 * Math.random();
}

import type { OpenDatabase } from './database.js';
import type { Document, Id } from './document.js';
import { describe, FailedUpdateError, LockAcquisitionTimeoutError } from './errors.js';
import { LockedAlgorithmState } from './locked-algorithm-state.js';
import { and, type Condition, equal } from './query/condition.js';
import type { AcquireLockOptions, LockCallback } from './storage-protocol.js';
import { storable } from './values.js';
import { Wait } from './wait.js';

/** A document of the `algo` collection. `locked` is 0 or 1, as Orion writes it. */
type LockDocument = Document & {
  readonly experiment: Id;
  readonly configuration: unknown;
  readonly locked: number;
  readonly state: unknown;
  readonly heartbeat: Date | null;
  /** Raised by one with each holder: the right to write the state. Absent where Orion made the document. */
  readonly token?: number;
};

/** What the lock of an experiment starts with. */
export interface LockStart {
  readonly locked?: boolean | undefined;
  readonly state?: unknown;
  readonly heartbeat?: Date | undefined;
}

/** The document of a new lock. */
export function lockDocument(
  _id: Id,
  experiment: Id,
  configuration: unknown,
  start: LockStart,
  now: Date,
): LockDocument {
  return {
    _id,
    experiment,
    configuration: storable(configuration ?? {}, 'algorithm'),
    locked: start.locked ? 1 : 0,
    state: storable(start.state ?? null, 'state'),
    heartbeat: start.heartbeat ?? now,
    token: 0,
  };
}

/**
 * The algorithm locks of a storage. A lock of the platform gives the turn; the token in the document gives the right
 * to write. Whoever has the turn raises the token, so a former holder that comes back late finds its own is void.
 */
export class AlgorithmLocks {
  readonly #database: OpenDatabase;
  readonly #clock: () => Date;

  constructor(database: OpenDatabase, clock: () => Date) {
    this.#database = database;
    this.#clock = clock;
  }

  /** See `StorageProtocol.acquireAlgorithmLock`. */
  async acquire<T>(experiment: Id, options: AcquireLockOptions, callback: LockCallback<T>): Promise<T> {
    const { timeout = 60_000, retryInterval = 1_000 } = options;
    const wait = new Wait(timeout, options.signal);
    try {
      for (;;) {
        const held = await this.#database.locks.request(
          lockName(experiment),
          { signal: wait.signal },
          async () => {
            const taken = await this.#take(experiment);
            if (!taken) return undefined;
            wait.end();
            return { result: await this.#hold(taken, callback) };
          },
        );
        if (held) return held.result;
        await wait.sleep(retryInterval);
      }
    } catch (error) {
      throw error === wait.timedOut ? await this.#timeoutError(experiment, timeout) : error;
    } finally {
      wait.end();
    }
  }

  /** See `StorageProtocol.releaseAlgorithmLock`. `newState` is absent where the state stays. */
  async release(experiment: Id, newState: { readonly state: unknown } | undefined): Promise<boolean> {
    if (!(await this.#find(experiment))?.locked) return false;
    // The holder may be stopped for good: its turn is taken from it too, so that those who wait behind it can go on.
    return this.#database.locks.request(lockName(experiment), { steal: true }, async () => {
      for (;;) {
        const document = await this.#find(experiment);
        if (!document?.locked) return false;
        const freed = await this.#change(document, {
          ...newState,
          locked: 0,
          token: (document.token ?? 0) + 1,
        });
        if (freed) return true;
      }
    });
  }

  async info(experiment: Id): Promise<LockedAlgorithmState | undefined> {
    const document = await this.#find(experiment);
    if (!document) return undefined;
    const { state, configuration, locked, heartbeat } = document;
    return new LockedAlgorithmState(state, configuration, locked !== 0, heartbeat);
  }

  /** Marks the lock as held by whoever has the turn. A mark left there by a killed holder means nothing. */
  async #take(experiment: Id): Promise<LockDocument | undefined> {
    for (;;) {
      const document = await this.#find(experiment);
      if (!document) return undefined;
      const taken = await this.#change(document, { locked: 1, token: (document.token ?? 0) + 1 });
      if (taken) return taken;
    }
  }

  async #hold<T>(document: LockDocument, callback: LockCallback<T>): Promise<T> {
    const locked = new LockedAlgorithmState(document.state, document.configuration, true, document.heartbeat);
    let result: T;
    try {
      result = await callback(locked);
    } catch (error) {
      // Only the mark is at stake here, and the next holder ignores it: the callback's error is the one to report.
      await this.#change(document, { locked: 0 }).catch(() => undefined);
      throw error;
    }
    const freed = await this.#change(
      document,
      locked.isSet ? { locked: 0, state: locked.state } : { locked: 0 },
    );
    if (!freed && locked.isSet) {
      throw new FailedUpdateError(
        `The algorithm lock of experiment ${describe(document.experiment)} was taken from this worker while it held it, ` +
          'so its state was not saved: acquire the lock again and redo the step from the state found there',
      );
    }
    return result;
  }

  /** Changes the lock if its token is still the one in `document`. */
  async #change(
    document: LockDocument,
    fields: Readonly<Record<string, unknown>>,
  ): Promise<LockDocument | undefined> {
    const changes = Object.entries({ ...fields, heartbeat: this.#clock() }).map(([field, value]) => ({
      path: [field],
      value,
    }));
    // The `_id` too: a lock that was deleted and made anew starts with a low token again.
    const where = and(equal('_id', document._id), equal('token', document.token ?? null));
    const [[changed]] = await this.#database.write([
      { kind: 'update', collection: 'algo', where, changes, limit: 1 },
    ]);
    return changed as LockDocument | undefined;
  }

  async #find(experiment: Id): Promise<LockDocument | undefined> {
    const [document] = await this.#database.find('algo', lockOf(experiment), { limit: 1 });
    return document as LockDocument | undefined;
  }

  async #timeoutError(experiment: Id, timeout: number): Promise<LockAcquisitionTimeoutError> {
    const waited = `The algorithm lock of experiment ${describe(experiment)} was not to be had within ${timeout} ms`;
    const document = await this.#find(experiment);
    if (!document)
      return new LockAcquisitionTimeoutError(`${waited}: there is none. Call initializeAlgorithmLock first`);
    const { held = [] } = await this.#database.locks.query();
    const holder = held.find(({ name }) => name === lockName(experiment))?.clientId ?? 'another worker';
    const since = document.heartbeat ? ` since ${document.heartbeat.toISOString()}` : '';
    return new LockAcquisitionTimeoutError(
      `${waited}: ${holder} holds it${since}. Wait longer, or free it with releaseAlgorithmLock if that worker hangs`,
    );
  }
}

/** The condition that finds an experiment's lock. */
export function lockOf(experiment: Id): Condition {
  return equal('experiment', experiment);
}

function lockName(experiment: Id): string {
  return `algorithm/${JSON.stringify(experiment)}`;
}

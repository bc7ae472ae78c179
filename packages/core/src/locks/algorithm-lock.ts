import type { OpenDatabase } from '../database.js';
import type { Id } from '../document.js';
import { describe, FailedUpdateError, LockAcquisitionTimeoutError } from '../errors.js';
import { checkDuration, checkFunction, checkOptions, checkSignal } from '../option-checks.js';
import { getUid } from '../refs.js';
import type { StorageOptions } from '../storage-options.js';
import type { AcquireLockOptions, ExperimentRef, LockCallback } from '../storage-protocol.js';
import { storable } from '../values/values.js';
import { LeaseTurns } from './lease-turns.js';
import { type LockDocument, LockDocuments } from './lock-document.js';
import { LockedAlgorithmState } from './locked-algorithm-state.js';
import { PlatformTurns } from './platform-turns.js';
import type { Turns } from './turns.js';
import { timedOut, Wait } from './wait.js';

/**
 * The algorithm locks of a storage. A lock of the platform gives the turn, or a lease where there is none; the token in
 * the document gives the right to write. Whoever has the turn raises the token, so a former holder that comes back late
 * finds its own is void.
 */
export class AlgorithmLocks {
  readonly #documents: LockDocuments;
  readonly #turns: Turns;

  constructor(database: OpenDatabase, options: Required<StorageOptions>) {
    this.#documents = new LockDocuments(database, options.clock);
    this.#turns = database.locks
      ? new PlatformTurns(database.locks, this.#documents)
      : new LeaseTurns(this.#documents, options);
  }

  /** See `StorageProtocol.acquireAlgorithmLock`. */
  async acquire<T>(ref: ExperimentRef, options: AcquireLockOptions, callback: LockCallback<T>): Promise<T> {
    const experiment = getUid(ref);
    const { timeout, retryInterval, signal } = checkAcquisition(options, callback);
    const wait = new Wait(timeout, signal);
    try {
      let holding: Promise<T> | undefined;
      for (;;) {
        await this.#turns.take(experiment, wait, (taken) => {
          wait.end();
          holding = this.#hold(taken, callback);
          return holding;
        });
        if (holding) return await holding;
        await wait.sleep(retryInterval);
      }
    } catch (error) {
      throw error === timedOut ? await this.#timeoutError(experiment, timeout) : error;
    } finally {
      wait.end();
    }
  }

  /** See `StorageProtocol.releaseAlgorithmLock`. */
  async release(ref: ExperimentRef, newState: unknown): Promise<boolean> {
    const experiment = getUid(ref);
    const replaced = newState === undefined ? {} : { state: storable(newState, 'state') };
    if (!(await this.#documents.find(experiment))?.locked) return false;
    // The holder may be stopped for good: its turn is taken from it too, so that those who wait behind it can go on.
    return this.#turns.seize(experiment, () => this.#documents.free(experiment, replaced));
  }

  /** See `StorageProtocol.getAlgorithmLockInfo`. */
  async info(ref: ExperimentRef): Promise<LockedAlgorithmState | undefined> {
    const document = await this.#documents.find(getUid(ref));
    if (!document) return undefined;
    const { state, configuration, locked, heartbeat } = document;
    return new LockedAlgorithmState(state, configuration, locked !== 0, heartbeat);
  }

  async #hold<T>(taken: LockDocument, callback: LockCallback<T>): Promise<T> {
    const locked = new LockedAlgorithmState(taken.state, taken.configuration, true, taken.heartbeat);
    let result: T;
    try {
      result = await callback(locked);
    } catch (error) {
      // Only the mark is at stake here, and the next holder ignores it: the callback's error is the one to report.
      await this.#documents.change(taken, { locked: 0 }).catch(() => undefined);
      throw error;
    }
    const { newState } = locked;
    const freed = await this.#documents.change(taken, { ...newState, locked: 0 });
    if (!freed && newState) {
      throw new FailedUpdateError(
        `The algorithm lock of experiment ${describe(taken.experiment)} was taken from this worker while it held it, ` +
          'so its state was not saved: acquire the lock again and redo the step from the state found there',
      );
    }
    return result;
  }

  async #timeoutError(experiment: Id, timeout: number): Promise<LockAcquisitionTimeoutError> {
    const waited = `The algorithm lock of experiment ${describe(experiment)} was not to be had within ${timeout} ms`;
    const document = await this.#documents.find(experiment);
    if (!document)
      return new LockAcquisitionTimeoutError(`${waited}: there is none. Call initializeAlgorithmLock first`);
    const held = await this.#turns.describeHolder(document);
    return new LockAcquisitionTimeoutError(
      `${waited}: ${held}. Wait longer, or free it with releaseAlgorithmLock if that worker hangs`,
    );
  }
}

/** The options with their defaults. @throws InvalidConfigurationError if one makes no sense, or there is nothing to run. */
function checkAcquisition(
  options: AcquireLockOptions,
  callback: unknown,
): { readonly timeout: number; readonly retryInterval: number; readonly signal: AbortSignal | undefined } {
  checkOptions('acquireAlgorithmLock', options, ['timeout', 'retryInterval', 'signal']);
  const { timeout = 60_000, retryInterval = 1_000, signal } = options;
  if (timeout !== 0) checkDuration('timeout', timeout);
  checkDuration('retryInterval', retryInterval);
  checkSignal(signal);
  checkFunction('callback', callback);
  return { timeout, retryInterval, signal };
}

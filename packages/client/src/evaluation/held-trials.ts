import { errorCode, type HeldTrial, type Id, type StorageProtocol, type Trial } from '@trialbase/core';
import { keepAlive } from './heartbeat.js';

/**
 * The trials that somebody holds who evaluates them by himself. Their hearts beat until they are given back, or lost. That alone
 * does not keep a process of Node alive.
 */
export class HeldTrials {
  readonly #storage: StorageProtocol;
  readonly #beating = new Map<Id, () => void>();

  constructor(storage: StorageProtocol) {
    this.#storage = storage;
  }

  /** Begins to beat, every so many milliseconds. */
  hold(trial: Trial, interval: number): void {
    this.#letGo(trial._id);
    const stop = keepAlive(
      this.#storage,
      trial,
      interval,
      (reason) => {
        // A storage that fails may work again: the trial is held until somebody else has it.
        if (errorCode(reason) === 'failed-update') this.#letGo(trial._id);
      },
      { background: true },
    );
    this.#beating.set(trial._id, stop);
  }

  /** Gives a trial back by what `end` does. It is held on where that fails, unless somebody else holds it now. */
  async give(trial: HeldTrial & Pick<Trial, '_id'>, end: () => Promise<Trial>): Promise<Trial> {
    try {
      const ended = await end();
      this.#letGo(trial._id);
      return ended;
    } catch (error) {
      if (errorCode(error) === 'failed-update') this.#letGo(trial._id);
      throw error;
    }
  }

  #letGo(id: Id): void {
    this.#beating.get(id)?.();
    this.#beating.delete(id);
  }
}

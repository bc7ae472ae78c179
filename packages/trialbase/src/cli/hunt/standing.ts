import type { ExperimentClient } from '@trialbase/client';
import type { Trial } from '@trialbase/core';
import { and, equal } from '@trialbase/core/adapter';
import type { Store } from '../store.js';

/** How a search stands, whoever works on it. */
export interface Standing {
  readonly completed: number;
  readonly broken: number;
  readonly running: number;
  /** How many it is to have; without end where there is no limit. */
  readonly wanted: number;
  readonly best: Trial | undefined;
}

/** Follows a search. Each trial is looked at once for each of its changes, however many there are. */
export class Following {
  readonly #store: Store;
  readonly #search: ExperimentClient;
  #best: Trial | undefined;

  constructor(store: Store, search: ExperimentClient) {
    this.#store = store;
    this.#search = search;
  }

  /** Keeps the best known until the signal is aborted, or the store fails. */
  async keepUp(signal: AbortSignal): Promise<void> {
    try {
      for await (const { best } of this.#search.progress({ signal })) this.#best = best;
      this.#best = await this.#search.best(); // what was completed at the very last
    } catch {
      // A store that fails, fails the work, too, which tells of it.
    }
  }

  async look(): Promise<Standing> {
    const { storage, database } = this.#store;
    const { record } = this.#search;
    const { _id, max_trials: wanted = Number.POSITIVE_INFINITY } = record;
    return {
      completed: await storage.countCompletedTrials(record),
      broken: await storage.countBrokenTrials(record),
      running: await database.count('trials', and(equal('experiment', _id), equal('status', 'reserved'))),
      wanted,
      best: this.#best,
    };
  }
}

import { objectiveOf } from '@trialbase/client';
import type { Experiment, Trial } from '@trialbase/core';
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

/** Follows a search. Each completed trial is looked at once, however many there are. */
export class Following {
  readonly #store: Store;
  readonly #experiment: Experiment;
  #best: Trial | undefined;

  constructor(store: Store, experiment: Experiment) {
    this.#store = store;
    this.#experiment = experiment;
  }

  /** Keeps the best known until the signal is aborted. */
  async keepUp(signal: AbortSignal): Promise<void> {
    const where = { status: 'completed' };
    for await (const changes of this.#store.storage.watchTrials(this.#experiment, { where, signal })) {
      for (const change of changes) if (change.kind !== 'removed') this.#consider(change.trial);
    }
  }

  async look(): Promise<Standing> {
    const { storage, database } = this.#store;
    const { _id, max_trials: wanted = Number.POSITIVE_INFINITY } = this.#experiment;
    return {
      completed: await storage.countCompletedTrials(this.#experiment),
      broken: await storage.countBrokenTrials(this.#experiment),
      running: await database.count('trials', and(equal('experiment', _id), equal('status', 'reserved'))),
      wanted,
      best: this.#best,
    };
  }

  #consider(trial: Trial): void {
    const objective = objectiveOf(trial.results);
    const best = objectiveOf(this.#best?.results);
    if (objective !== undefined && (best === undefined || objective < best)) this.#best = trial;
  }
}

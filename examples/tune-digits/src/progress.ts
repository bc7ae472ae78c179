import { lossOf, type Params } from 'digits';
import type { ExperimentClient, StorageProtocol, Trial } from 'trialbase';

/** Clocks of processes on one machine agree; a trial may still be stored a little after one that ended later. */
const OUT_OF_ORDER = 1_000;

/** How the search stands at one moment. */
export interface Snapshot {
  readonly maxTrials: number;
  readonly completed: number;
  readonly broken: number;
  /** Trials that are evaluated now. */
  readonly running: readonly Trial[];
  /** Trials that wait for a worker. */
  readonly waiting: number;
  readonly best: Trial | undefined;
  /** Trials completed a second since this run began. */
  readonly rate: number;
}

/** Follows the search through the store, reading only what is new: it costs the same with 100 trials and with 100,000. */
export class Progress {
  readonly #storage: StorageProtocol;
  readonly #search: ExperimentClient<Params>;
  readonly #began = performance.now();
  #completedBefore: number | undefined;
  #completed = 0;
  #latest = 0;
  #best: Trial | undefined;

  constructor(storage: StorageProtocol, search: ExperimentClient<Params>) {
    this.#storage = storage;
    this.#search = search;
  }

  async look(): Promise<Snapshot> {
    const { record } = this.#search;
    const completed = await this.#storage.countCompletedTrials(record);
    if (completed !== this.#completed) await this.#readNew();
    this.#completed = completed;
    this.#completedBefore ??= completed;
    const open = await this.#search.trials({
      where: { status: { $in: ['new', 'reserved', 'suspended', 'interrupted'] } },
      selection: { status: 1, worker: 1, start_time: 1, heartbeat: 1, params: 1 },
      sort: { worker: 1 },
    });
    const running = open.filter(({ status }) => status === 'reserved');
    return {
      maxTrials: record.max_trials ?? completed,
      completed,
      broken: await this.#storage.countBrokenTrials(record),
      running,
      waiting: open.length - running.length,
      best: this.#best,
      rate: (1_000 * (completed - this.#completedBefore)) / (performance.now() - this.#began),
    };
  }

  async #readNew(): Promise<void> {
    const since = new Date(this.#latest - OUT_OF_ORDER);
    const where = { status: 'completed', ...(this.#latest > 0 && { end_time: { $gte: since } }) };
    for (const trial of await this.#search.trials({ where })) {
      this.#latest = Math.max(this.#latest, trial.end_time?.getTime() ?? 0);
      if (lossOf(trial) < lossOf(this.#best)) this.#best = trial;
    }
  }
}

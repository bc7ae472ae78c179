import type { ExperimentRef, Id, StorageProtocol, Trial } from '@trialbase/core';

/** How far the clocks of two workers may be apart, in milliseconds, for neither to miss what the other has finished. */
const CLOCKS_APART = 60_000;

/** Tells which trials were completed since it was last asked, without reading all of them again. */
export class Observer {
  readonly #storage: StorageProtocol;
  readonly #experiment: ExperimentRef;
  #latest = Number.NEGATIVE_INFINITY;
  /** The end times of the trials that were told of and would be found again. */
  #told = new Map<Id, number>();

  constructor(storage: StorageProtocol, experiment: ExperimentRef) {
    this.#storage = storage;
    this.#experiment = experiment;
  }

  /** The completed trials not told of before, in the order in which they ended. */
  async next(): Promise<Trial[]> {
    const since = this.#latest - CLOCKS_APART;
    const recent = Number.isFinite(since) ? { end_time: { $gte: new Date(since) } } : {};
    const where = { status: 'completed', ...recent };
    const found = await this.#storage.fetchTrials(this.#experiment, { where, sort: { end_time: 1 } });
    const fresh = found.filter(({ _id }) => !this.#told.has(_id));
    const times = new Map(found.map(({ _id, end_time }) => [_id, end_time?.getTime() ?? 0]));
    for (const time of times.values()) this.#latest = Math.max(this.#latest, time);
    this.#told = times;
    return fresh;
  }
}

import type { ExperimentRef, Id, StorageProtocol, Trial } from '@trialbase/core';

/** How far the clocks of two workers may be apart, in milliseconds, for neither to miss what the other has finished. */
const CLOCKS_APART = 60_000;

/** Tells which trials have ended since it was last asked, without reading all of them again. */
export class Observer {
  readonly #storage: StorageProtocol;
  readonly #experiment: ExperimentRef;
  #latest = Number.NEGATIVE_INFINITY;
  /** When the trials ended that were told of and would be found again. */
  #told = new Map<Id, number>();

  constructor(storage: StorageProtocol, experiment: ExperimentRef) {
    this.#storage = storage;
    this.#experiment = experiment;
  }

  /** The trials, completed or broken, that were not told of before, in the order in which they ended. */
  async next(): Promise<Trial[]> {
    const since = this.#latest - CLOCKS_APART;
    const recent = Number.isFinite(since) ? { $or: endedSince(new Date(since)) } : {};
    const where = { status: { $in: ['completed', 'broken'] }, ...recent };
    const found = await this.#storage.fetchTrials(this.#experiment, { where });
    const fresh = found.filter(({ _id }) => !this.#told.has(_id));
    const times = new Map(found.map((trial) => [trial._id, endOf(trial)]));
    for (const time of times.values()) this.#latest = Math.max(this.#latest, time);
    this.#told = times;
    return fresh.toSorted((a, b) => endOf(a) - endOf(b));
  }
}

function endedSince(time: Date): object[] {
  return [{ end_time: { $gte: time } }, { heartbeat: { $gte: time } }];
}

/** In milliseconds. A trial that broke without results has no end; the last sign of life is then that it broke. */
function endOf({ end_time, heartbeat }: Trial): number {
  return (end_time ?? heartbeat)?.getTime() ?? 0;
}

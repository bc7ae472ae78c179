import type { ExperimentRef, Id, StorageProtocol, Trial } from '@trialbase/core';

const ended = { status: { $in: ['completed', 'broken'] } };

/** The trials that wait for a worker or are under way. */
export function fetchOpen(storage: StorageProtocol, experiment: ExperimentRef): Promise<Trial[]> {
  const where = { status: { $in: ['new', 'suspended', 'interrupted', 'reserved'] } };
  return storage.fetchTrials(experiment, { where });
}

/**
 * Tells which trials have ended since it was last asked. It looks at those that it saw under way, by their ids, and counts:
 * all ended trials are read only where some came and went that it never saw, in the hands of others.
 */
export class Observer {
  readonly #storage: StorageProtocol;
  readonly #experiment: ExperimentRef;
  #told = new Set<Id>();
  /** The trials that had not ended when it last looked. */
  #open = new Set<Id>();

  constructor(storage: StorageProtocol, experiment: ExperimentRef) {
    this.#storage = storage;
    this.#experiment = experiment;
  }

  /**
   * The trials, completed or broken, that were not told of before, in the order in which they ended.
   *
   * @param known what `fetchOpen` gave just now, and how many trials were completed then, where that is known.
   */
  async next(known?: { readonly open: readonly Trial[]; readonly completed: number }): Promise<Trial[]> {
    const open = known?.open ?? (await fetchOpen(this.#storage, this.#experiment));
    const completed = known?.completed ?? (await this.#storage.countCompletedTrials(this.#experiment));
    const count = completed + (await this.#storage.countBrokenTrials(this.#experiment));
    const ids = new Set([...this.#open, ...open.map(({ _id }) => _id)]);
    let fresh = ids.size > 0 ? this.#untold(await this.#fetch({ _id: { $in: [...ids] } })) : [];
    const told = this.#told.size + fresh.length;
    // Those that end while this looks may be told but not counted; if there are more, trials were deleted.
    if (told < count || told > count + ids.size) {
      const all = await this.#fetch({});
      fresh = this.#untold(all);
      this.#told = new Set(all.map(({ _id }) => _id));
    }
    for (const { _id } of fresh) this.#told.add(_id);
    this.#open = new Set(open.map(({ _id }) => _id).filter((id) => !this.#told.has(id)));
    return fresh.toSorted((a, b) => endOf(a) - endOf(b));
  }

  /** Takes note of trials that were registered after `next`, so that they will be found by their ids. */
  note(registered: readonly Trial[]): void {
    for (const { _id } of registered) this.#open.add(_id);
  }

  #untold(trials: readonly Trial[]): Trial[] {
    return trials.filter(({ _id }) => !this.#told.has(_id));
  }

  #fetch(where: object): Promise<Trial[]> {
    return this.#storage.fetchTrials(this.#experiment, { where: { ...where, ...ended } });
  }
}

/** In milliseconds. A trial that broke without results has no end; the last sign of life is then that it broke. */
function endOf({ end_time, heartbeat }: Trial): number {
  return (end_time ?? heartbeat)?.getTime() ?? 0;
}

import type { Experiment, Id, NewTrial, Param, StorageProtocol, Trial } from '@trialbase/core';
import { finishedTrial, paramsOf } from 'bench/trials';

/** What a store holds before anything is measured in it. */
export interface Population {
  readonly experiments: number;
  /** Finished trials of each experiment. */
  readonly trials: number;
}

/** The experiment that is measured. */
export const EXPERIMENT = 'experiment-0';

/** Trials of that experiment besides the finished ones; always as many, so that what concerns them alone should cost the same. */
const FEW = 20;
/** Trials that wait for a worker. */
const WAITING = 50;

/** When those that are reserved were last heard of, so that they are lost. */
const LONG_AGO = new Date(0);

/** As many trials as a search proposes at once, at the most. */
const BATCH = 1_000;
/** Where the numbers of those begin that are not finished, and of those that come and go. */
const APART = 1e8;
const PASSING = 2e8;

/** Puts a population into an empty store. */
export async function fill(storage: StorageProtocol, { experiments, trials }: Population): Promise<void> {
  for (let i = 0; i < experiments; i++) {
    const _id = `experiment-${i}`;
    await storage.createExperiment({ _id, name: _id, version: 1 });
    for (let from = 0; from < trials; from += BATCH) {
      const numbers = Array.from({ length: Math.min(BATCH, trials - from) }, (_, at) => from + at);
      await storage.registerTrials(numbers.map((number) => finishedTrial(_id, number)));
    }
  }
  await storage.registerTrials(unfinished());
  await storage.createBenchmark({ name: 'benchmark' });
}

function unfinished(): NewTrial[] {
  const statuses = [
    ...Array.from({ length: FEW }, () => 'broken' as const),
    ...Array.from({ length: FEW }, () => 'reserved' as const),
    ...Array.from({ length: WAITING }, () => 'suspended' as const),
  ];
  return statuses.map((status, i) =>
    Object.assign(finishedTrial(EXPERIMENT, APART + i), { status, heartbeat: LONG_AGO }),
  );
}

/** An open store with a population in it, and what the calls of a measurement need. */
export class FilledStore {
  readonly population: Population;
  readonly experiment: Pick<Experiment, '_id'> = { _id: EXPERIMENT };
  readonly #open: () => Promise<StorageProtocol>;
  #storage: StorageProtocol;
  #passing = PASSING;

  static async open(population: Population, open: () => Promise<StorageProtocol>): Promise<FilledStore> {
    return new FilledStore(population, open, await open());
  }

  private constructor(
    population: Population,
    open: () => Promise<StorageProtocol>,
    storage: StorageProtocol,
  ) {
    this.population = population;
    this.#open = open;
    this.#storage = storage;
  }

  get storage(): StorageProtocol {
    return this.#storage;
  }

  /** Opens the store again after it was closed. */
  async reopen(): Promise<void> {
    this.#storage = await this.#open();
  }

  /** One more storage on the same store, for the caller to close. */
  openAnother(): Promise<StorageProtocol> {
    return this.#open();
  }

  /** A number that was not given before. */
  next(): number {
    this.#passing += 1;
    return this.#passing;
  }

  /** Params that no trial has. */
  freshParams(): Param[] {
    return paramsOf(this.next());
  }

  /** A new trial of an experiment. Default: of that which is measured. */
  freshTrial(experiment: Id = EXPERIMENT): NewTrial {
    return { experiment, params: this.freshParams(), submit_time: new Date() };
  }

  async broken(): Promise<Trial> {
    const [trial] = await this.#storage.fetchTrials(this.experiment, { where: { status: 'broken' } });
    return trial as Trial;
  }

  /** Reserves one of those that wait. */
  async held(): Promise<Trial> {
    return (await this.#storage.reserveTrial(this.experiment)) as Trial;
  }

  /** Lets go of a trial that was reserved, so that it waits again. */
  async release(trial: Trial | undefined): Promise<void> {
    if (!trial) throw new Error('No trial was there to be reserved');
    await this.#storage.setTrialStatus({ ...trial, status: 'reserved' }, 'suspended');
  }

  /** Has the store do what it puts off until the next write: a journal that has grown long is written anew then. */
  async settle(): Promise<void> {
    const name = `passing-${this.next()}`;
    await this.#storage.createBenchmark({ name });
    await this.#storage.deleteBenchmark({ name });
  }

  async forget({ id }: Pick<Trial, 'id'>): Promise<void> {
    await this.#storage.deleteTrials(this.experiment, { where: { id } });
  }
}

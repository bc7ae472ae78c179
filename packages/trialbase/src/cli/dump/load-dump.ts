import {
  CorruptStoreError,
  DocumentStorage,
  type Experiment,
  type Id,
  InvalidConfigurationError,
  type NewTrial,
  openMemory,
  type StorageProtocol,
} from '@trialbase/core';
import type { Collection, Document } from '@trialbase/core/adapter';
import { Option } from 'commander';
import { CommandError } from '../exit-codes.js';
import { versionOf } from '../experiments/find.js';
import { dumpOrder } from './format.js';
import { KnownExperiments } from './known-experiments.js';

/**
 * What becomes of an experiment, or a benchmark, whose name (and version) the store has already. `ignore`: the store keeps its own;
 * `overwrite`: the loaded one takes its place; `bump`: the loaded one becomes the next version.
 */
export type Resolution = 'ignore' | 'overwrite' | 'bump';

export interface LoadOptions {
  /** Default: a conflict is an error. */
  readonly resolution?: Resolution | undefined;
  /** Whether all documents get new `_id`s: for those of programs whose `_id`s are not unique. Default: false. */
  readonly newIds?: boolean;
}

/** What was loaded, and what was not. */
export interface Loaded {
  readonly loaded: Record<Collection, number>;
  readonly ignored: Record<Collection, number>;
}

/** The option that says it. */
export function resolutionOption(): Option {
  return new Option(
    '-r, --resolve <how>',
    'for an experiment that is there already: leave it, replace it, or load the other as the next version',
  ).choices(['ignore', 'overwrite', 'bump']);
}

/** So many trials are stored in one step. */
const BATCH = 512;

/** A document to load, and the line that it came from. */
export interface Entry {
  readonly collection: Collection;
  readonly document: Document;
  readonly number: number;
}

/**
 * Stores the documents of a dump. It is read twice: first into memory, so that whatever is wrong with it is told before anything is
 * stored, or replaced. `_id`s are kept, but for those of an experiment whose `_id` the storage has already.
 *
 * @throws CommandError if something is in the storage already and no resolution is given.
 */
export async function loadDump(
  storage: StorageProtocol,
  read: () => AsyncIterable<Entry>,
  options: LoadOptions = {},
): Promise<Loaded> {
  await load(new DocumentStorage(await openMemory()), read(), options);
  return load(storage, read(), options);
}

/** What comes before the trials is stored first, so that a conflict is told before anything is; trials are stored as they are read. */
async function load(
  storage: StorageProtocol,
  entries: AsyncIterable<Entry>,
  options: LoadOptions,
): Promise<Loaded> {
  const loading = new Loading(storage, options);
  for await (const entry of inOrder(entries)) {
    if (entry.collection !== 'trials') loading.keep(entry);
    else await loading.addTrial(entry);
  }
  return loading.finish();
}

async function* inOrder(entries: AsyncIterable<Entry>): AsyncGenerator<Entry> {
  let reached = 0;
  for await (const entry of entries) {
    const place = dumpOrder.indexOf(entry.collection);
    if (place < reached)
      throw new CorruptStoreError(
        `Line ${entry.number}: ${entry.collection} stand before ${dumpOrder[reached]} in a dump`,
      );
    reached = place;
    yield entry;
  }
}

class Loading {
  readonly #storage: StorageProtocol;
  readonly #resolution: Resolution | undefined;
  readonly #newIds: boolean;
  readonly #benchmarks: Document[] = [];
  readonly #experiments: Document[] = [];
  readonly #locks = new Map<unknown, Document>();
  /** The `_id` in the store of each loaded experiment; `undefined` for one that is left out. */
  readonly #ids = new Map<unknown, Id | undefined>();
  /** The loaded experiments whose trials get new `_id`s. */
  readonly #renewed = new Set<unknown>();
  readonly #counts: Loaded = { loaded: none(), ignored: none() };
  #trials: NewTrial[] = [];
  #begun = false;

  constructor(storage: StorageProtocol, { resolution, newIds = false }: LoadOptions) {
    this.#storage = storage;
    this.#resolution = resolution;
    this.#newIds = newIds;
  }

  /** Takes what is stored before the first trial. */
  keep({ collection, document }: Entry): void {
    if (collection === 'algo') this.#locks.set(document['experiment'], document);
    else if (collection === 'benchmarks') this.#benchmarks.push(document);
    else this.#experiments.push(document);
  }

  async addTrial({ document, number }: Entry): Promise<void> {
    await this.#begin();
    const from = document['experiment'];
    if (!this.#ids.has(from))
      throw new CorruptStoreError(`Line ${number}: the dump does not have the experiment of this trial`);
    const experiment = this.#ids.get(from);
    if (experiment === undefined) {
      this.#counts.ignored.trials += 1;
      return;
    }
    const { _id, ...fields } = document;
    this.#trials.push({ ...fields, ...(!this.#renewed.has(from) && { _id }), experiment } as NewTrial);
    if (this.#trials.length === BATCH) await this.#storeTrials();
  }

  async finish(): Promise<Loaded> {
    await this.#begin();
    await this.#storeTrials();
    return this.#counts;
  }

  async #begin(): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    const storage = this.#storage;
    const present = await storage.fetchExperiments({});
    const benchmarks = await storage.fetchBenchmark({}, { name: 1 });
    const names = new Set(benchmarks.map(({ name }) => name));
    this.#refuseConflicts(present, names);
    for (const benchmark of this.#benchmarks)
      await this.#storeBenchmark(benchmark, names.has(benchmark['name'] as string));
    const known = new KnownExperiments(present);
    for (const experiment of this.#experiments) await this.#storeExperiment(experiment, known);
  }

  #refuseConflicts(present: readonly Experiment[], benchmarks: ReadonlySet<unknown>): void {
    const benchmark = this.#benchmarks.find(({ name }) => benchmarks.has(name));
    if (benchmark && this.#resolution === 'bump')
      throw new InvalidConfigurationError(
        `There is a benchmark '${String(benchmark['name'])}', and benchmarks have no versions: --resolve ignore or overwrite`,
      );
    if (this.#resolution !== undefined) return;
    const known = new KnownExperiments(present);
    const taken = this.#experiments.find((each) => known.sameAs(each as Experiment));
    const what = taken
      ? `an experiment '${String(taken['name'])}' of version ${versionOf(taken)}`
      : benchmark && `a benchmark '${String(benchmark['name'])}'`;
    if (what)
      throw new CommandError(
        'conflict',
        `The store has ${what} already: say what is to be done with --resolve ignore, overwrite or bump. Nothing was loaded`,
      );
  }

  async #storeBenchmark(benchmark: Document, isTaken: boolean): Promise<void> {
    if (isTaken && this.#resolution === 'ignore') {
      this.#counts.ignored.benchmarks += 1;
      return;
    }
    if (isTaken) await this.#storage.deleteBenchmark({ name: benchmark['name'] });
    const { _id, ...fields } = benchmark;
    await this.#storage.createBenchmark(this.#newIds ? fields : benchmark);
    this.#counts.loaded.benchmarks += 1;
  }

  async #storeExperiment(experiment: Experiment, known: KnownExperiments): Promise<void> {
    const same = known.sameAs(experiment);
    if (same && this.#resolution === 'ignore') {
      this.#ids.set(experiment._id, undefined);
      this.#counts.ignored.experiments += 1;
      return;
    }
    if (same && this.#resolution === 'overwrite') {
      await this.#storage.deleteExperiment(same);
      known.forget(same);
    }
    const version =
      same && this.#resolution === 'bump' ? known.nextVersion(experiment) : versionOf(experiment);
    const stored = await this.#create({ ...experiment, version }, known);
    known.add(stored);
    this.#ids.set(experiment._id, stored._id);
    this.#counts.loaded.experiments += 1;
  }

  async #create(experiment: Experiment, known: KnownExperiments): Promise<Experiment> {
    const { _id, refers, ...fields } = experiment;
    const lock = this.#locks.get(_id);
    const isTaken = this.#newIds || known.hasId(_id);
    if (isTaken) this.#renewed.add(_id);
    const created = await this.#storage.createExperiment(
      { ...fields, ...(!isTaken && { _id }), refers: this.#translated(refers) },
      lock && { algoLocked: Boolean(lock['locked']), algoState: lock['state'] },
    );
    if (lock) this.#counts.loaded.algo += 1;
    const isOwnRoot = (refers as { root_id?: unknown } | null | undefined)?.root_id === _id;
    if (isTaken && isOwnRoot)
      await this.#storage.updateExperiment({ uid: created._id }, { 'refers.root_id': created._id });
    return created;
  }

  /** Parents that were given another `_id` are referred to by that. */
  #translated(refers: unknown): unknown {
    if (typeof refers !== 'object' || refers === null) return refers;
    const entries = Object.entries(refers).map(([key, id]: [string, unknown]) => [
      key,
      this.#ids.get(id) ?? id,
    ]);
    return Object.fromEntries(entries);
  }

  async #storeTrials(): Promise<void> {
    if (this.#trials.length === 0) return;
    const { registered, duplicates } = await this.#storage.registerTrials(this.#trials);
    this.#counts.loaded.trials += registered.length;
    this.#counts.ignored.trials += duplicates.length;
    this.#trials = [];
  }
}

function none(): Record<Collection, number> {
  return { experiments: 0, trials: 0, algo: 0, benchmarks: 0 };
}

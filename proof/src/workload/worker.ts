import { errorCode, type Id, type NewTrial, type Result, type Trial, trialId } from '@trialbase/core';
import type { RecordedStorage } from '../history/recorded-storage.js';
import { benchmarkNames } from './last-look.js';
import type { Random } from './random.js';

export interface WorkerOptions {
  /** The name under which it holds trials. Later lives may have it again. */
  readonly name: string;
  readonly random: Random;
  /** The experiments on which all work, by the time: each lasts a few seconds, so that none grows long. */
  readonly experimentAt: (now: number) => string;
  /** Whether experiments are deleted now and then, with what all are at work on. Default: `false`. */
  readonly deletes?: boolean;
  /** How long to wait for an algorithm lock, in milliseconds. */
  readonly lockTimeout: number;
  /** Told of each error by which the store said that it cannot serve now; the worker then goes on. */
  readonly onTrouble: (error: unknown) => void;
  /** Ends the work. */
  readonly signal: AbortSignal;
}

/**
 * A worker of a search in a hurry, by chance: it registers trials that others register too, reserves, beats, pushes, completes,
 * interrupts and abandons trials, takes back those of lost workers, raises the counter in the state of the algorithm, and takes the lock
 * from others. Each value it pushes is unlike all others.
 *
 * @throws what no call of a store may answer here: anything but a refusal, or a store that is full or cannot be reached.
 */
export async function work(storage: RecordedStorage, options: WorkerOptions): Promise<void> {
  const worker = new Worker(storage, options);
  while (!options.signal.aborted) {
    try {
      await worker.act();
    } catch (error) {
      if (isRefusal(error)) continue;
      if (!isTrouble(error)) throw error;
      options.onTrouble(error);
      await sleep(5);
    }
  }
}

function isRefusal(error: unknown): boolean {
  return ['failed-update', 'duplicate-key', 'lock-timeout'].includes(errorCode(error) ?? '');
}

/** Whether a store said that it is full, or cannot be reached. */
export function isTrouble(error: unknown): boolean {
  return ['storage-full', 'storage-unavailable'].includes(errorCode(error) ?? '');
}

class Worker {
  readonly #storage: RecordedStorage;
  readonly #options: WorkerOptions;
  readonly #random: Random;
  #experiment: string | undefined;
  #held: Trial | undefined;
  #seen: Trial | undefined;
  #point = 0;

  constructor(storage: RecordedStorage, options: WorkerOptions) {
    this.#storage = storage;
    this.#options = options;
    this.#random = options.random;
  }

  /** Does one thing. */
  async act(): Promise<void> {
    const experiment = await this.#current();
    const { action } = this.#choose(this.#actions());
    const held = this.#held;
    if (held) this.#seen = held;
    await this[action](experiment, held as Trial);
    if (this.#random.chance(0.1)) await sleep(this.#random.integer(0, 4));
  }

  #actions(): readonly Weighted[] {
    const actions = this.#held ? WITH_A_TRIAL : WITHOUT;
    return this.#options.deletes ? [...actions, { action: 'deleteExperiment', weight: 1 }] : actions;
  }

  /** The experiment of the moment. A trial held in an earlier one is worked on all the same. */
  async #current(): Promise<string> {
    const experiment = this.#options.experimentAt(Date.now());
    if (experiment === this.#experiment) return experiment;
    await this.#create(experiment);
    this.#experiment = experiment;
    this.#point = (await this.#storage.fetchTrials(experiment)).length;
    return experiment;
  }

  async #create(experiment: string): Promise<void> {
    const create = this.#storage.storage.createExperiment({ _id: experiment, name: experiment, version: 1 });
    await create.catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
    });
  }

  #choose(actions: readonly Weighted[]): Weighted {
    let left = this.#random.integer(
      1,
      actions.reduce((sum, { weight }) => sum + weight, 0),
    );
    for (const each of actions) {
      left -= each.weight;
      if (left <= 0) return each;
    }
    throw new Error('There is nothing to do');
  }

  async register(experiment: Id): Promise<void> {
    this.#point += 1; // Counts up, as the others do: each point is registered by whoever is first.
    const params: NewTrial['params'] = [{ name: '/x', type: 'integer', value: this.#point }];
    await this.#storage.registerTrial({ id: trialId({ params }), experiment, params });
  }

  async reserve(experiment: Id): Promise<void> {
    this.#held = await this.#storage.reserveTrial(experiment, this.#options.name);
  }

  /** A worker without a name, whose trial nobody gets back before it is lost. */
  async reserveUnnamed(experiment: Id): Promise<void> {
    this.#held = await this.#storage.reserveTrial(experiment);
  }

  async beat(_: Id, held: Trial): Promise<void> {
    if (!(await this.#storage.updateHeartbeat(held))) this.#held = undefined;
  }

  async push(_: Id, held: Trial): Promise<void> {
    await this.#letGoIfRefused(
      this.#storage.pushTrialResults(held, this.#value(), undefined, this.#ballast()),
    );
  }

  async complete(_: Id, held: Trial): Promise<void> {
    this.#held = undefined;
    await this.#storage.pushTrialResults(held, this.#value(), 'completed', this.#ballast());
  }

  async giveUp(_: Id, held: Trial): Promise<void> {
    this.#held = undefined;
    await this.#storage.setTrialStatus(
      held,
      this.#random.pick(['interrupted', 'suspended', 'broken'] as const),
    );
  }

  async abandon(): Promise<void> {
    this.#held = undefined;
  }

  async freeTheLost(experiment: Id): Promise<void> {
    for (const lost of await this.#storage.fetchLostTrials(experiment)) {
      await this.#storage.setTrialStatus(lost, 'interrupted').catch((error: unknown) => {
        if (!isRefusal(error)) throw error;
      });
    }
  }

  async look(): Promise<void> {
    if (this.#seen) await this.#storage.getTrial(this.#seen);
  }

  async count(experiment: Id): Promise<void> {
    await this.#storage.countCompletedTrials(experiment);
  }

  async raise(experiment: Id): Promise<void> {
    const pause = this.#random.chance(0.5) ? this.#random.pick([0, 2, 8, 40]) : undefined;
    await this.#storage.raiseCounter(experiment, this.#options.lockTimeout, async () => {
      if (pause !== undefined) await sleep(pause);
    });
  }

  async readCounter(experiment: Id): Promise<void> {
    await this.#storage.readCounter(experiment);
  }

  async takeLock(experiment: Id): Promise<void> {
    await this.#storage.releaseAlgorithmLock(experiment);
  }

  /** It is created again at once, for its lock; until then trials are registered in it all the same. */
  async deleteExperiment(experiment: string): Promise<void> {
    await this.#storage.deleteExperiment(experiment);
    await this.#create(experiment);
    this.#point = this.#random.integer(0, this.#point); // Some of them again.
  }

  async benchmark(): Promise<void> {
    const name = this.#random.pick(benchmarkNames);
    await this.#storage[this.#random.pick(['createBenchmark', 'deleteBenchmark', 'fetchBenchmark'] as const)](
      name,
    );
  }

  async #letGoIfRefused(pushed: Promise<Trial>): Promise<void> {
    await pushed.catch((error: unknown) => {
      this.#held = undefined;
      throw error;
    });
  }

  #value(): number {
    return this.#random.integer(0, 2 ** 52);
  }

  /** Now and then so much that one record is longer than a page of memory, and can be torn in the middle. */
  #ballast(): Result[] {
    if (!this.#random.chance(0.03)) return [];
    const value = Array.from({ length: this.#random.integer(100, 4000) }, (_, i) => i / 7);
    return [{ name: 'ballast', type: 'statistic', value }];
  }
}

type Action = Exclude<keyof Worker, 'act'>;

interface Weighted {
  readonly action: Action;
  readonly weight: number;
}

const ANY_TIME: readonly Weighted[] = [
  { action: 'register', weight: 4 },
  { action: 'freeTheLost', weight: 2 },
  { action: 'look', weight: 2 },
  { action: 'count', weight: 1 },
  { action: 'raise', weight: 4 },
  { action: 'readCounter', weight: 1 },
  { action: 'takeLock', weight: 3 },
  { action: 'benchmark', weight: 3 },
];

const WITHOUT: readonly Weighted[] = [
  ...ANY_TIME,
  { action: 'reserve', weight: 8 },
  { action: 'reserveUnnamed', weight: 2 },
];

const WITH_A_TRIAL: readonly Weighted[] = [
  ...ANY_TIME,
  { action: 'beat', weight: 5 },
  { action: 'push', weight: 4 },
  { action: 'complete', weight: 5 },
  { action: 'giveUp', weight: 2 },
  { action: 'abandon', weight: 1 },
];

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

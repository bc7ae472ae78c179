/** How much is measured. */
export interface Scale {
  /** How many finished trials are there before a measurement, each size a row. */
  readonly sizes: readonly number[];
  /** Lifecycles of each contender before all others, so that the engine has compiled what they run. */
  readonly warmUp: number;
  /** How often each contender has its turn. */
  readonly rounds: number;
  /** Lifecycles in one turn on file. */
  readonly lifecycles: number;
  /** The same in memory, where so many more take as long. */
  readonly memoryLifecycles: number;
  /** The same where each write waits for the disk. */
  readonly syncedLifecycles: number;
  /** How long processes share a store in one turn; they warm up for as long before. */
  readonly seconds: number;
  /** Trials in the store that is opened. */
  readonly opened: number;
  /** How often each search is made, each time with another seed. */
  readonly seeds: number;
  /** After how many trials a search is looked at. */
  readonly budgets: readonly number[];
  /** The same for algorithms whose suggestions take long. */
  readonly slow: { readonly seeds: number; readonly budgets: readonly number[] };
  readonly browser: BrowserScale;
}

/** How much is measured in each browser. */
export interface BrowserScale {
  /** How many documents are there before a measurement, and some broken ones. */
  readonly sizes: readonly number[];
  /** How often each contender has its turn with each verb. */
  readonly rounds: number;
  /** Calls in one turn. */
  readonly calls: number;
  /** How often each of two workers takes the lock. */
  readonly lockTurns: number;
  /** How often a holder of the lock is ended in each way. */
  readonly recoveries: number;
}

export const full: Scale = {
  sizes: [0, 1_000, 10_000, 100_000],
  warmUp: 8_000,
  rounds: 5,
  lifecycles: 2_000,
  memoryLifecycles: 10_000,
  syncedLifecycles: 200,
  seconds: 2,
  opened: 100_000,
  seeds: 30,
  budgets: [25, 50, 100, 200],
  slow: { seeds: 5, budgets: [25, 50, 100] },
  browser: { sizes: [100, 10_000, 100_000], rounds: 7, calls: 20, lockTurns: 100, recoveries: 7 },
};

/** Tells whether everything works and about how fast it is; not meant for ratios. */
export const quick: Scale = {
  sizes: [0, 1_000, 10_000],
  warmUp: 8_000,
  rounds: 3,
  lifecycles: 500,
  memoryLifecycles: 2_000,
  syncedLifecycles: 100,
  seconds: 1,
  opened: 10_000,
  seeds: 5,
  budgets: [25, 50, 100],
  slow: { seeds: 1, budgets: [25, 50] },
  browser: { sizes: [100, 10_000], rounds: 3, calls: 20, lockTurns: 50, recoveries: 3 },
};

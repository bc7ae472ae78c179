import type { Id } from './document.js';

/** A search: what is searched (`space`), how (`algorithm`) and for how long. Fields as Orion stores them; any others are kept. */
export type Experiment = {
  readonly _id: Id;
  readonly name?: string;
  readonly version?: number;
  /** The experiment from which this one branched. */
  readonly refers?: unknown;
  readonly metadata?: unknown;
  /** Dimension names with Orion's prior strings, such as `{ '/lr': 'loguniform(1e-5, 1.0)' }`. */
  readonly space?: unknown;
  readonly algorithm?: unknown;
  /** The search ends when this many trials are completed. */
  readonly max_trials?: number;
  /** The search ends when this many trials are broken. */
  readonly max_broken?: number;
  readonly working_dir?: string;
  readonly knowledge_base?: unknown;
  readonly [field: string]: unknown;
};

/** An experiment to create. */
export type NewExperiment = Partial<Experiment>;

/** A study that compares algorithms. */
export type Benchmark = {
  readonly _id: Id;
  readonly name?: string;
  readonly [field: string]: unknown;
};

/** A benchmark to create. */
export type NewBenchmark = Partial<Benchmark>;

import type { Effort } from './call-costs.js';

/** How much is measured. */
export interface Scale {
  /** Finished trials in the stores of memory and file. */
  readonly sizes: readonly number[];
  /** The same in a browser. */
  readonly browserSizes: readonly number[];
  readonly effort: Effort;
  /** The same in a browser. All stores are in one page there, so that its engine compiles for all of them at once. */
  readonly browserEffort: Effort;
  /** Experiments in the store that has many. */
  readonly experiments: number;
  /** Megabytes of the algorithm's state, smallest first. */
  readonly states: readonly number[];
  /** Workers that share a store: the first of these counts is what the others are held against. */
  readonly workers: readonly number[];
  /** Processes between which the most workers are divided, where they are not one process each. */
  readonly processes: number;
  /** How long they do, in seconds. */
  readonly seconds: number;
}

export const full: Scale = {
  sizes: [1_000, 10_000, 100_000, 1_000_000],
  browserSizes: [1_000, 10_000, 100_000],
  effort: { rounds: 7, longRounds: 3, warmUp: 20, times: 20 },
  browserEffort: { rounds: 7, longRounds: 3, warmUp: 4, times: 20 },
  experiments: 500,
  states: [0.01, 1, 50],
  workers: [1, 8, 64],
  processes: 8,
  seconds: 5,
};

/** Shows in seconds that all of it works. Its figures mean little. */
export const quick: Scale = {
  sizes: [10, 100],
  browserSizes: [10, 100],
  effort: { rounds: 1, longRounds: 1, warmUp: 0, times: 2 },
  browserEffort: { rounds: 1, longRounds: 1, warmUp: 0, times: 2 },
  experiments: 3,
  states: [0.01, 0.1],
  workers: [1, 2],
  processes: 1,
  seconds: 0.2,
};

/** The same with no store that has more trials. */
export function upTo(most: number, scale: Scale): Scale {
  const within = (sizes: readonly number[]): number[] => sizes.filter((size) => size <= most);
  return { ...scale, sizes: within(scale.sizes), browserSizes: within(scale.browserSizes) };
}

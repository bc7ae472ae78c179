import { type AlgorithmDefinition, seedRandom } from '@trialbase/client';
import { simulate } from '@trialbase/client/testing';
import type { Problem } from './problem.js';

export interface RunOptions {
  readonly seed: number;
  readonly trials: number;
  /** How many trials are under way at once. Default: 1. */
  readonly workers?: number;
}

/**
 * Searches a problem the way that the client does. Trials end in the order in which they began.
 *
 * @returns the smallest regret after each trial, counted by when trials end.
 */
export function runSearch(
  define: (seed: number) => AlgorithmDefinition,
  problem: Problem,
  { seed, ...options }: RunOptions,
): number[] {
  const noise = seedRandom(seed + 1_000_000).normal;
  const best: number[] = [];
  simulate(define(seed), {
    ...options,
    space: problem.space,
    evaluate: (point) => problem.objective(point, noise),
    onEnd: (point) => best.push(Math.min(best.at(-1) ?? Number.POSITIVE_INFINITY, problem.regret(point))),
  });
  return best;
}

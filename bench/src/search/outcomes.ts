import type { Scale } from '../scale.js';
import type { Contender } from './contenders.js';
import type { Problem } from './problem.js';
import { runSearch } from './run.js';

/** What searches of one problem by one algorithm came to. */
export interface Outcome {
  readonly problem: Problem;
  readonly contender: string;
  readonly workers: number;
  /** How many searches there were. */
  readonly seeds: number;
  /** After how many trials they were looked at. */
  readonly budgets: readonly number[];
  /** For each budget the regrets of all seeds, sorted. */
  readonly regrets: readonly (readonly number[])[];
}

export type SearchScale = Pick<Scale, 'seeds' | 'budgets' | 'slow'>;

export function measure(
  problem: Problem,
  { name, define, kind }: Contender,
  workers: number,
  scale: SearchScale,
): Outcome {
  const { budgets, ...own } = kind === 'slow' ? scale.slow : scale;
  const seeds = kind === 'seedless' ? 1 : own.seeds;
  const trials = Math.max(...budgets);
  const runs = Array.from({ length: seeds }, (_, seed) =>
    runSearch(define, problem, { seed, trials, workers }),
  );
  // A finite space may be used up before.
  const after = (run: readonly number[], budget: number): number =>
    run[Math.min(budget, run.length) - 1] as number;
  const regrets = budgets.map((budget) => runs.map((run) => after(run, budget)).sort((a, b) => a - b));
  return { problem, contender: name, workers, seeds, budgets, regrets };
}

/** The value that so large a share of the sorted values is below. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  return low + (position - below) * ((sorted[below + 1] ?? low) - low);
}

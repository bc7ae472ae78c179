import type { Trial } from '@trialbase/core';
import { compareQuality, type Outcome, outcomeOf } from '../algorithms/outcome.js';

/** A completed trial, and what it is judged by. */
export interface Ranked {
  readonly trial: Trial;
  readonly outcome: Outcome;
  /** What it could cost, where its space has a fidelity. */
  readonly fidelity: number;
}

/** What of a trial its rank is made of. */
export const rankSelection = { id: 1, status: 1, results: 1, params: 1, end_time: 1 } as const;

/** The trial with what it is judged by; `undefined` where it is not completed. */
export function ranked(trial: Trial): Ranked | undefined {
  const outcome = outcomeOf(trial);
  if (!outcome) return undefined;
  const value = trial.params.find(({ type }) => type === 'fidelity')?.value;
  return { trial, outcome, fidelity: typeof value === 'number' ? value : 0 };
}

/**
 * Whether `a` is better. Objectives compare only between trials of the same fidelity, so one of a higher fidelity is better
 * than all of lower ones; then what is feasible is better than what is not, then the smaller objective; of several, the one
 * that ended first.
 */
export function isAhead(a: Ranked, b: Ranked | undefined): boolean {
  if (!b) return true;
  if (a.fidelity !== b.fidelity) return a.fidelity > b.fidelity;
  const order = compareQuality(a.outcome, b.outcome);
  return order === 0 ? endOf(a) < endOf(b) : order < 0;
}

/** The best of the completed trials. */
export function bestOf(trials: readonly Trial[]): Trial | undefined {
  let best: Ranked | undefined;
  for (const trial of trials) {
    const one = ranked(trial);
    if (one && isAhead(one, best)) best = one;
  }
  return best?.trial;
}

function endOf({ trial }: Ranked): number {
  return trial.end_time?.getTime() ?? 0;
}

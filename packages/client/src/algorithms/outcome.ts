import type { Result, Trial } from '@trialbase/core';
import { objectiveOf } from '../evaluation/results.js';

/** What came out of a completed trial. */
export interface Outcome {
  /** May be infinite. */
  readonly objective: number;
  /** The sum of what its constraints are above 0; 0 where it is feasible. */
  readonly violation: number;
  /** Tells outcomes apart that are equally good, the same way for everybody. */
  readonly id: string;
}

/** The outcome of a trial; `undefined` where it is not completed, or has none. */
export function outcomeOf({ status, results, id }: Trial): Outcome | undefined {
  const objective = status === 'completed' ? objectiveOf(results) : undefined;
  if (objective === undefined || Number.isNaN(objective)) return undefined;
  return { objective, violation: violationOf(results), id };
}

/**
 * Below 0 where `a` is better, 0 where both are equally good: what is feasible is better than what is not, and that is better
 * which is less far from feasible (K. Deb 2000, "An efficient constraint handling method for genetic algorithms").
 */
export function compareQuality(a: Outcome, b: Outcome): number {
  return order(a.violation, b.violation) || order(a.objective, b.objective);
}

/** The order of outcomes, best first, with those that are equally good by their ids. */
export function compareOutcomes(a: Outcome, b: Outcome): number {
  return compareQuality(a, b) || order(a.id, b.id);
}

/** Whether `a` comes before `b` among outcomes, best first. */
export function isBetter(a: Outcome, b: Outcome): boolean {
  return compareOutcomes(a, b) < 0;
}

/** The place that a new outcome has among outcomes, best first. */
export function placeAmong(outcomes: readonly Outcome[], outcome: Outcome): number {
  let low = 0;
  let high = outcomes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBetter(outcomes[middle] as Outcome, outcome)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function order<T extends number | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function violationOf(results: readonly Result[]): number {
  let sum = 0;
  for (const { type, value } of results) {
    if (type !== 'constraint') continue;
    for (const one of [value].flat(Number.POSITIVE_INFINITY)) {
      // What is no number tells nothing of being feasible.
      sum += typeof one === 'number' && !Number.isNaN(one) ? Math.max(0, one) : Number.POSITIVE_INFINITY;
    }
  }
  return sum;
}

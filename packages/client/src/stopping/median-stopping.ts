import { checkOptions, describe, InvalidConfigurationError, type Trial } from '@trialbase/core';
import { reportsOf } from '../evaluation/reports.js';
import type { Report, StoppingJudge, StoppingRule } from './stopping-rule.js';

/** What {@link medianStopping} leaves alone. */
export interface MedianStoppingOptions {
  /** No evaluation is stopped at a step below this one. Default: 0. */
  readonly warmupSteps?: number;
  /** Nor before so many completed trials have reported something up to its step. Default: 5. */
  readonly minTrials?: number;
}

/**
 * Stops an evaluation whose best value so far is worse than the median of what the completed trials reported on average
 * up to the same step: the median stopping rule of D. Golovin et al. 2017, "Google Vizier: A Service for Black-Box
 * Optimization". It differs in its two options, which Vizier does not describe, and in that `NaN` is the worst of values.
 *
 * @throws InvalidConfigurationError if an option makes no sense.
 */
export function medianStopping(options: MedianStoppingOptions = {}): StoppingRule {
  checkOptions('medianStopping', options, ['warmupSteps', 'minTrials']);
  const { warmupSteps = 0, minTrials = 5 } = options;
  demand('warmupSteps', warmupSteps >= 0, warmupSteps);
  demand('minTrials', Number.isSafeInteger(minTrials) && minTrials > 0, minTrials);
  return { create: () => new MedianJudge(warmupSteps, minTrials) };
}

/** For so many steps at most, what was reported up to them is kept in order. */
const MOST_STEPS = 200;

class MedianJudge implements StoppingJudge {
  readonly #warmupSteps: number;
  readonly #minTrials: number;
  readonly #averages: (readonly Report[])[] = [];
  /** The averages up to each of the steps last asked about, ascending. */
  readonly #ordered = new Map<number, number[]>();

  constructor(warmupSteps: number, minTrials: number) {
    this.#warmupSteps = warmupSteps;
    this.#minTrials = minTrials;
  }

  observe(trials: readonly Trial[]): void {
    for (const trial of trials) {
      const reports = reportsOf(trial);
      if (trial.status !== 'completed' || reports.length === 0) continue;
      const averages = runningAverages(reports);
      this.#averages.push(averages);
      for (const [step, ordered] of this.#ordered) {
        const value = valueAt(averages, step);
        if (value !== undefined)
          ordered.splice(
            countUpTo(ordered.length, (i) => ordered[i] as number, value),
            0,
            value,
          );
      }
    }
  }

  shouldStop(reports: readonly Report[]): boolean {
    const [step = Number.NEGATIVE_INFINITY] = reports.at(-1) ?? [];
    if (step < this.#warmupSteps) return false;
    const others = this.#averagesAt(step);
    if (others.length < this.#minTrials) return false;
    const best = reports.reduce(
      (least, [, value]) => Math.min(least, orWorst(value)),
      Number.POSITIVE_INFINITY,
    );
    return best > medianOf(others);
  }

  #averagesAt(step: number): readonly number[] {
    const known = this.#ordered.get(step);
    if (known) return known;
    const values = new Float64Array(this.#averages.length);
    let count = 0;
    for (const averages of this.#averages) {
      const value = valueAt(averages, step);
      if (value !== undefined) values[count++] = value;
    }
    const ordered = [...values.subarray(0, count).sort()];
    const [oldest] = this.#ordered.keys();
    if (oldest !== undefined && this.#ordered.size >= MOST_STEPS) this.#ordered.delete(oldest);
    this.#ordered.set(step, ordered);
    return ordered;
  }
}

/** After each step, the mean of the values up to it. */
function runningAverages(reports: readonly Report[]): readonly Report[] {
  let sum = 0;
  return reports.map(([step, value], i) => {
    sum += orWorst(value);
    return [step, orWorst(sum / (i + 1))];
  });
}

/** The value of the last step that is not after `step`. */
function valueAt(averages: readonly Report[], step: number): number | undefined {
  return averages[countUpTo(averages.length, (i) => (averages[i] as Report)[0], step) - 1]?.[1];
}

/** How many of the ascending numbers are `limit` at most. */
function countUpTo(length: number, numberAt: (i: number) => number, limit: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numberAt(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function medianOf(ordered: readonly number[]): number {
  const half = ordered.length >>> 1;
  const upper = ordered[half] as number;
  if (ordered.length % 2 === 1) return upper;
  const lower = ordered[half - 1] as number;
  return lower === upper ? upper : (lower + upper) / 2;
}

function orWorst(value: number): number {
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}

function demand(name: string, isFine: boolean, value: unknown): void {
  if (!isFine)
    throw new InvalidConfigurationError(
      `The option '${name}' of medianStopping cannot be ${describe(value)}`,
    );
}

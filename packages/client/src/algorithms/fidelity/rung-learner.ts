import type { Result, Trial } from '@trialbase/core';
import type { Algorithm } from '../algorithm.js';
import { outcomeOf } from '../outcome.js';

/** A trial on a rung. */
export interface Climber {
  readonly rung: number;
  readonly key: string;
  /** The trial as it would be at the highest fidelity. */
  readonly trial: Trial;
}

/**
 * A sampler that learns from one rung. A configuration that came no further than a lower one counts as worse than all that
 * reached the rung, and as infeasible only where it is: if the sampler saw nothing but what was promoted, all of it good, it could
 * not tell where good configurations are.
 */
export class RungLearner {
  readonly sampler: Algorithm;
  readonly #rung: number;
  /** The highest rung, up to the own one, from which the value of a configuration is. */
  readonly #from = new Map<string, number>();
  #completed = 0;

  constructor(sampler: Algorithm, rung: number) {
    this.sampler = sampler;
    this.#rung = rung;
  }

  /** How many trials are completed on its rung. */
  get completed(): number {
    return this.#completed;
  }

  /** @param climbers those on lower rungs first. */
  observe(climbers: readonly Climber[]): void {
    this.sampler.observe(climbers.map((climber) => this.#told(climber)));
  }

  #told({ rung, key, trial }: Climber): Trial {
    const outcome = outcomeOf(trial);
    if (rung === this.#rung && outcome) this.#completed += 1;
    if (!outcome || rung > this.#rung || rung < (this.#from.get(key) ?? 0)) return withoutValue(trial);
    this.#from.set(key, rung);
    const behind = outcome.violation > 0 ? this.#rung : this.#rung - rung;
    return behind === 0 ? trial : { ...trial, results: [...trial.results, lag(behind)] };
  }
}

/** What makes a trial worse than those that are further, as samplers know it: a constraint that it violates. */
function lag(rungs: number): Result {
  return { name: 'rungs behind', type: 'constraint', value: rungs };
}

function withoutValue(trial: Trial): Trial {
  return { ...trial, status: 'broken', results: [] };
}

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
 * A sampler that learns from one rung. If it saw nothing but what was promoted, all of it good, it could not tell where good
 * configurations are. So it is told, too, what came no further than the rung below, as worse than all that did, and what is
 * infeasible, wherever it ended. Other configurations of lower rungs were compared on slight grounds, and are so many
 * that all which was promoted would count as good beside them.
 */
export class RungLearner {
  readonly sampler: Algorithm;
  readonly #rung: number;
  /** From which rung the value of a configuration is: the highest, up to the own one. */
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
    const isFeasible = outcome.violation === 0;
    if (isFeasible && rung < this.#rung - 1) return withoutValue(trial);
    this.#from.set(key, rung);
    return isFeasible && rung === this.#rung ? trial : { ...trial, results: [...trial.results, BEHIND] };
  }
}

/**
 * What makes a trial worse than those that are further, as samplers know it: a constraint that it violates. What is infeasible
 * has it on every rung, and so is worse still.
 */
const BEHIND: Result = { name: 'behind', type: 'constraint', value: 1 };

function withoutValue(trial: Trial): Trial {
  return { ...trial, status: 'broken', results: [] };
}

import { describe, InvalidConfigurationError } from '@trialbase/core';
import type { AlgorithmDefinition } from '../algorithm.js';
import { BracketSearch } from './bracket-search.js';
import { Ladder } from './ladder.js';
import { type SamplerOptions, samplerOf } from './sampler-options.js';

/** How a bracket of {@link successiveHalving} begins. */
export interface SuccessiveHalvingOptions extends SamplerOptions {
  /** How many configurations begin. Default: so many that one reaches the highest fidelity. */
  readonly size?: number | null;
}

/**
 * Evaluates `size` configurations at the lowest fidelity, the best 1/base of them at the next, and so on up to the highest,
 * then begins again with others: K. Jamieson and A. Talwalkar 2016, "Non-stochastic Best Arm Identification and
 * Hyperparameter Optimization". The base and the fidelities are those of the space. It differs in that a rung is left once
 * all on it have ended, broken or not, that infeasible trials rank last, that new configurations may come from any sampler,
 * and that the next round begins while the last trials of a rung are under way.
 *
 * @throws InvalidConfigurationError if an option makes no sense; `create` throws one if the space has no fidelity.
 */
export function successiveHalving(options: SuccessiveHalvingOptions = {}): AlgorithmDefinition {
  const sampler = samplerOf('successiveHalving', options);
  const { size = null } = options;
  if (size !== null && !(Number.isSafeInteger(size) && size > 0)) {
    throw new InvalidConfigurationError(
      `The option 'size' of successiveHalving is a whole number above 0, not ${describe(size)}`,
    );
  }
  return {
    configuration: { successivehalving: { sampler: sampler.configuration, size } },
    create(space) {
      const ladder = new Ladder(space, 'successivehalving');
      const plan = { rung: 0, size: size ?? Math.ceil(power(ladder.base, ladder.top)) };
      return new BracketSearch(space, ladder, [plan], sampler);
    },
  };
}

/** `base` to the whole number `exponent`, in multiplications alone. */
function power(base: number, exponent: number): number {
  return Array.from({ length: exponent }).reduce<number>((product) => product * base, 1);
}

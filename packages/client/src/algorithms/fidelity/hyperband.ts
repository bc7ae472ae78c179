import type { AlgorithmDefinition } from '../algorithm.js';
import { BracketSearch } from './bracket-search.js';
import { Ladder } from './ladder.js';
import type { BracketPlan } from './lineup.js';
import { type SamplerOptions, samplerOf } from './sampler-options.js';

/**
 * Successive halving in brackets that begin on different rungs, so that it does not matter how much a low fidelity tells
 * of a high one: L. Li et al. 2018, "Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization". The
 * brackets are those of its algorithm 1: with `s` rungs above the one it begins on, of `m` above the lowest, a bracket has
 * ⌈(m + 1) / (s + 1) · baseˢ⌉ configurations; the one with the most comes first, and after the last it starts again. The
 * base and the fidelities are those of the space. It differs as `successiveHalving` does.
 *
 * @throws InvalidConfigurationError if an option makes no sense; `create` throws one if the space has no fidelity.
 */
export function hyperband(options: SamplerOptions = {}): AlgorithmDefinition {
  const sampler = samplerOf('hyperband', options);
  return {
    configuration: { hyperband: { sampler: sampler.configuration } },
    create(space) {
      const ladder = new Ladder(space, 'hyperband');
      return new BracketSearch(space, ladder, bracketPlans(ladder), sampler);
    },
  };
}

function bracketPlans({ top, base }: Ladder): BracketPlan[] {
  let power = 1;
  const plans = Array.from({ length: top + 1 }, (_, above): BracketPlan => {
    const size = Math.ceil(((top + 1) / (above + 1)) * power);
    power *= base;
    return { rung: top - above, size };
  });
  return plans.toReversed();
}

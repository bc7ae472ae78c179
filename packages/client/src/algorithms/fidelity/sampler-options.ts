import { describe, InvalidConfigurationError } from '@trialbase/core';
import type { AlgorithmDefinition } from '../algorithm.js';
import { randomSearch } from '../random-search.js';

/** Where an algorithm that decides how far configurations are evaluated has them from. */
export interface SamplerOptions {
  /** Where new configurations come from. Default: random search. */
  readonly sampler?: AlgorithmDefinition;
  /** The seed of that random search. A sampler of your own has its own. */
  readonly seed?: number | null;
}

/** @throws InvalidConfigurationError if the options make no sense. */
export function samplerOf(algorithm: string, { sampler, seed = null }: SamplerOptions): AlgorithmDefinition {
  if (sampler === undefined) return randomSearch({ seed });
  if (typeof sampler?.create !== 'function') {
    throw new InvalidConfigurationError(
      `The option 'sampler' of ${algorithm} is an algorithm, such as randomSearch(), not ${describe(sampler)}`,
    );
  }
  if (seed !== null) {
    throw new InvalidConfigurationError(
      `The option 'seed' of ${algorithm} is for the sampler that it has by default: give yours its own`,
    );
  }
  return sampler;
}

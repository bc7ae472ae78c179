import { seedRandom } from '../../random.js';
import type { AlgorithmDefinition } from '../algorithm.js';
import { ModelSearch } from '../unit/model-search.js';

/** Where the sequence of {@link halton} begins. */
export interface HaltonOptions {
  /** A whole number from 0: the same seed gives the same search, in every engine. Default: another search each time. */
  readonly seed?: number | null;
}

/**
 * Points that cover the space more evenly than random ones do: a scrambled Halton sequence, on the scales of the priors. It
 * learns nothing.
 *
 * @throws InvalidConfigurationError if the seed is none.
 */
export function halton({ seed = null }: HaltonOptions = {}): AlgorithmDefinition {
  const first = seedRandom(seed).state();
  return {
    configuration: { halton: { seed } },
    create: (space) => new ModelSearch(space, first),
  };
}

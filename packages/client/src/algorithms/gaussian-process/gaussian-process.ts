import { seedRandom } from '../../random.js';
import type { AlgorithmDefinition } from '../algorithm.js';
import { checkCount } from '../options.js';
import { ModelSearch } from '../unit/model-search.js';
import { GaussianProcessModel } from './gp-model.js';

/** How {@link gaussianProcess} begins. */
export interface GaussianProcessOptions {
  /** A whole number from 0: the same seed gives the same search, in every engine. Default: another search each time. */
  readonly seed?: number | null;
  /** How many points cover the space evenly before there is a model, from 2. Default: 10. */
  readonly startup?: number;
}

/**
 * Bayesian optimization with a Gaussian process and expected improvement (J. Mockus 1978; D. Jones et al. 1998, "Efficient
 * global optimization of expensive black-box functions"): Matérn's kernel with a length scale for each axis, the logarithm of
 * the improvement (S. Ament et al. 2023), climbed along its gradient. Few trials find much, and a suggestion costs some tens of
 * milliseconds: for small budgets.
 *
 * Categories are one apart from each other, and an absent parameter from any value. Objectives are transformed to look normal.
 * Trials that violate a constraint count as the worst of the others. Trials under way are taken to give what is expected of
 * them. Of more than 128 trials the better 64 are looked at, and 64 of the others.
 *
 * @throws InvalidConfigurationError if an option makes no sense.
 */
export function gaussianProcess({
  seed = null,
  startup = 10,
}: GaussianProcessOptions = {}): AlgorithmDefinition {
  const first = seedRandom(seed).state();
  checkCount('startup', startup, 2);
  return {
    configuration: { gp: { seed, startup } },
    create: (space) => new ModelSearch(space, first, startup, (axes) => new GaussianProcessModel(axes)),
  };
}

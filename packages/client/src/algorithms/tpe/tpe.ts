import { seedRandom } from '../../random.js';
import type { AlgorithmDefinition } from '../algorithm.js';
import { checkCount } from '../options.js';
import { ModelSearch } from '../unit/model-search.js';
import { TpeModel } from './tpe-model.js';

/** How {@link tpe} begins, and how hard it looks. */
export interface TpeOptions {
  /** A whole number from 0: the same seed gives the same search, in every engine. Default: another search each time. */
  readonly seed?: number | null;
  /** How many points cover the space evenly before there is a model, from 1. Default: 10. */
  readonly startup?: number;
  /** How many points are drawn for each suggestion, of which the most promising is taken, from 1. Default: 24. */
  readonly candidates?: number;
}

/**
 * The tree-structured Parzen estimator of J. Bergstra et al. (2011, "Algorithms for hyper-parameter optimization"), with one
 * density for all parameters together (S. Falkner et al. 2018, "BOHB"): it splits the trials into a few good ones and the
 * others, estimates how points of both kinds are spread, and takes a point that is much likelier among the good. For spaces
 * of any kind, and any number of trials.
 *
 * It differs from both, and from S. Watanabe (2023, "Tree-structured Parzen estimator: understanding its algorithm components
 * and their roles for better empirical performance"), in that the first points are of a scrambled Halton sequence; kernels
 * are narrower, those of the good ones by how far they have gathered; the good are 8 in 100, 25 at most; and trials that
 * violate a constraint come after all others. The good weigh by how much better they are than the others, as Watanabe
 * recommends. Of more than a thousand others, a thousand are looked at, so that a suggestion has a bounded cost. Trials under
 * way count among the others.
 *
 * @throws InvalidConfigurationError if an option makes no sense.
 */
export function tpe({ seed = null, startup = 10, candidates = 24 }: TpeOptions = {}): AlgorithmDefinition {
  const first = seedRandom(seed).state();
  checkCount('startup', startup, 1);
  checkCount('candidates', candidates, 1);
  return {
    configuration: { tpe: { seed, startup, candidates } },
    create: (space) => new ModelSearch(space, first, startup, (axes) => new TpeModel(axes, candidates)),
  };
}

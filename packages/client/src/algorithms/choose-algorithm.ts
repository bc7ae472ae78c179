import { checkOptions } from '@trialbase/core';
import type { SpaceInput } from '../space/param-types.js';
import { buildSpace, type Space } from '../space/space.js';
import type { AlgorithmDefinition } from './algorithm.js';
import { asha } from './fidelity/asha.js';
import { gaussianProcess } from './gaussian-process/gaussian-process.js';
import { tpe } from './tpe/tpe.js';
import { UnitSpace } from './unit/unit-space.js';

/** Up to so many trials, and values in a trial, a Gaussian process finds more than the others do. */
const FEW_TRIALS = 200;
const FEW_VALUES = 20;

/** What {@link chooseAlgorithm} knows besides the space. */
export interface ChooseOptions {
  /** How many trials the search is to have. Default: no end. */
  readonly maxTrials?: number | undefined;
  /** A whole number from 0: the same seed gives the same search, in every engine. Default: another search each time. */
  readonly seed?: number | null;
}

/** An algorithm, and why it was chosen. */
export interface Choice {
  readonly algorithm: AlgorithmDefinition;
  /** A sentence for people. */
  readonly reason: string;
}

/**
 * The algorithm that {@link openExperiment} takes where it is given none: by the space, and by how many trials there are to
 * be.
 *
 * @throws InvalidConfigurationError if the space is none.
 */
export function chooseAlgorithm(space: SpaceInput, options: ChooseOptions = {}): Choice {
  return chooseFor(buildSpace(space), checkOptions('chooseAlgorithm', options, ['maxTrials', 'seed']));
}

export function chooseFor(space: Space, { maxTrials, seed = null }: ChooseOptions): Choice {
  const measure = space.find(({ dimension }) => dimension.type === 'fidelity');
  if (measure) {
    const costs = `What a trial costs depends on ${measure.name}`;
    return {
      algorithm: asha({ seed }),
      reason: `${costs}: ASHA tries many points cheaply, and the best of them at length`,
    };
  }
  const values = new UnitSpace(space).axes.length;
  if (maxTrials === undefined || maxTrials > FEW_TRIALS) {
    const budget =
      maxTrials === undefined ? 'There is no limit to the trials' : `${maxTrials} trials are many`;
    return {
      algorithm: tpe({ seed }),
      reason: `${budget}: TPE learns from any number of them at a low cost`,
    };
  }
  if (values > FEW_VALUES) {
    const size = `A trial has ${values} values, more than ${FEW_VALUES}`;
    return { algorithm: tpe({ seed }), reason: `${size}: TPE searches such spaces at a low cost` };
  }
  const budget = `${maxTrials} trials of ${values} ${values === 1 ? 'value' : 'values'} are few`;
  return {
    algorithm: gaussianProcess({ seed }),
    reason: `${budget}: a Gaussian process makes the most of each, at some tens of milliseconds`,
  };
}

import type { Space } from '../space/space.js';
import { chooseFor } from './choose-algorithm.js';
import { isSameConfiguration } from './same-configuration.js';
import { seedOf } from './seed.js';

/** Why a search has this algorithm, where it is the one that `chooseAlgorithm` chooses; else `undefined`. */
export function reasonFor(
  configuration: unknown,
  space: Space,
  maxTrials: number | undefined,
): string | undefined {
  const seed = seedOf(configuration);
  const { algorithm, reason } = chooseFor(space, {
    maxTrials,
    seed: typeof seed === 'number' ? seed : null,
  });
  return isSameConfiguration(algorithm.configuration, configuration) ? reason : undefined;
}

import { describe, InvalidConfigurationError } from '@trialbase/core';
import type { AlgorithmConfiguration } from './algorithm.js';

/** The seed in the configuration of an algorithm, or in that of its sampler; `undefined` where it has none. */
export function seedOf(configuration: unknown): unknown {
  const [options] = Object.values((configuration ?? {}) as AlgorithmConfiguration);
  return options?.['sampler'] ? seedOf(options['sampler']) : options?.['seed'];
}

/** The same algorithm with another seed. @throws InvalidConfigurationError if it has none. */
export function withSeed(configuration: unknown, seed: number): AlgorithmConfiguration {
  const [[name, options] = []] = Object.entries((configuration ?? {}) as AlgorithmConfiguration);
  if (name !== undefined && options?.['sampler'])
    return { [name]: { ...options, sampler: withSeed(options['sampler'], seed) } };
  if (name !== undefined && Object.hasOwn(options ?? {}, 'seed')) return { [name]: { ...options, seed } };
  throw new InvalidConfigurationError(
    `The algorithm ${describe(configuration)} has no seed: open the experiment without one`,
  );
}

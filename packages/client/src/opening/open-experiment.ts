import type { StorageProtocol } from '@trialbase/core';
import type { AlgorithmConfiguration, AlgorithmDefinition } from '../algorithms/algorithm.js';
import { parseAlgorithm, readAlgorithm } from '../algorithms/known-algorithms.js';
import { ExperimentClient } from '../experiment-client.js';
import { Search } from '../search.js';
import type { ParamsOf, SpaceInput } from '../space/param-types.js';
import { buildSpace, readSpace } from '../space/space.js';
import { createOrJoin } from './create-or-join.js';
import { checkOpenOptions, type OpenExperimentOptions } from './open-options.js';

/**
 * Opens the experiment of that name, or creates it where there is none. Where it is stored with another space or algorithm, its
 * next version is created, which refers to it as its parent; opened again, each description leads to its own version.
 * Several workers may do so at once: one creates it and the others join.
 *
 * @throws InvalidConfigurationError if an option is unknown or makes no sense, or the stored experiment has another space or algorithm and is not
 * to be branched.
 */
export async function openExperiment<const S extends SpaceInput>(
  storage: StorageProtocol,
  options: OpenExperimentOptions & { readonly space: S },
): Promise<ExperimentClient<ParamsOf<S>>>;
export async function openExperiment(
  storage: StorageProtocol,
  options: OpenExperimentOptions,
): Promise<ExperimentClient>;
export async function openExperiment(
  storage: StorageProtocol,
  options: OpenExperimentOptions,
): Promise<ExperimentClient> {
  checkOpenOptions(options);
  const wanted = {
    space: options.space && buildSpace(options.space),
    algorithm: options.algorithm && defined(options.algorithm),
    seed: options.seed,
  };
  const record = await createOrJoin(storage, options, wanted);
  const define = (): AlgorithmDefinition => wanted.algorithm ?? readAlgorithm(record.algorithm);
  return new ExperimentClient(new Search(storage, record, readSpace(record.space), define));
}

function defined(algorithm: AlgorithmDefinition | AlgorithmConfiguration): AlgorithmDefinition {
  return typeof algorithm['create'] === 'function'
    ? (algorithm as AlgorithmDefinition)
    : parseAlgorithm(algorithm);
}

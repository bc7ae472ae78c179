import {
  describe,
  type Experiment,
  errorCode,
  InvalidConfigurationError,
  type StorageProtocol,
} from '@trialbase/core';
import type { AlgorithmConfiguration, AlgorithmDefinition } from '../algorithms/algorithm.js';
import { readAlgorithm } from '../algorithms/known-algorithms.js';
import { randomSearch } from '../algorithms/random-search.js';
import { ExperimentClient } from '../experiment-client.js';
import { Search } from '../search.js';
import type { ParamsOf, SpaceInput } from '../space/param-types.js';
import { buildSpace, readSpace, type Space, writeSpace } from '../space/space.js';
import { isSameConfiguration } from './same-configuration.js';

export interface OpenExperimentOptions {
  readonly name: string;
  /** What is searched. Needed to create an experiment; one that exists has its space stored. */
  readonly space?: SpaceInput;
  /** How it is searched: an algorithm, or its configuration in Orion's form. Default: as stored; for a new experiment random search. */
  readonly algorithm?: AlgorithmDefinition | AlgorithmConfiguration;
  /** The search ends when this many trials are completed. More than stored extends it; less changes nothing. Default: as stored, or no end. */
  readonly maxTrials?: number;
  /** The search ends when this many trials are broken. More than stored extends it; less changes nothing. Default: as stored, or 3. */
  readonly maxBroken?: number;
  /** Default: the highest that there is, or 1. */
  readonly version?: number;
  /** What to note with a new experiment, such as `{ user: 'me' }`. Its `datetime` is set. */
  readonly metadata?: { readonly [field: string]: unknown };
}

/**
 * Opens the experiment of that name, or creates it where there is none. Several workers may do so at once: one creates
 * it and the others join.
 *
 * @throws InvalidConfigurationError if an option makes no sense, or the stored experiment has another space or algorithm.
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
  checkOptions(options);
  const wanted: Wanted = {
    space: options.space && buildSpace(options.space),
    algorithm: options.algorithm && defined(options.algorithm),
  };
  const found = await find(storage, options);
  const record = found ? await join(storage, found, options, wanted) : await create(storage, options, wanted);
  const define = (): AlgorithmDefinition => wanted.algorithm ?? readAlgorithm(record.algorithm);
  return new ExperimentClient(new Search(storage, record, readSpace(record.space), define));
}

interface Wanted {
  readonly space: Space | undefined;
  readonly algorithm: AlgorithmDefinition | undefined;
}

async function find(
  storage: StorageProtocol,
  { name, version }: OpenExperimentOptions,
): Promise<Experiment | undefined> {
  const found = await storage.fetchExperiments(version === undefined ? { name } : { name, version });
  return found.toSorted((a, b) => (b.version ?? 1) - (a.version ?? 1))[0];
}

async function create(
  storage: StorageProtocol,
  options: OpenExperimentOptions,
  wanted: Wanted,
): Promise<Experiment> {
  const { name, version = 1, maxTrials, maxBroken = 3, metadata } = options;
  if (!wanted.space) {
    throw new InvalidConfigurationError(
      `There is no experiment ${describe(name)} yet: pass a \`space\` to create it`,
    );
  }
  const config = {
    name,
    version,
    space: writeSpace(wanted.space),
    algorithm: (wanted.algorithm ?? randomSearch()).configuration,
    ...(maxTrials !== undefined && { max_trials: maxTrials }),
    max_broken: maxBroken,
    metadata: { ...metadata, datetime: new Date() },
    refers: { root_id: null, parent_id: null, adapter: [] },
  };
  try {
    const { _id } = await storage.createExperiment(config);
    await storage.updateExperiment({ uid: _id }, { 'refers.root_id': _id });
    return await fetchOne(storage, { _id }, name);
  } catch (error) {
    if (errorCode(error) !== 'duplicate-key') throw error;
    return join(storage, await fetchOne(storage, { name, version }, name), options, wanted);
  }
}

async function fetchOne(
  storage: StorageProtocol,
  query: { readonly [field: string]: unknown },
  name: string,
): Promise<Experiment> {
  const [found] = await storage.fetchExperiments(query);
  if (found) return found;
  throw new InvalidConfigurationError(
    `The experiment ${describe(name)} was deleted while it was opened: open it again`,
  );
}

async function join(
  storage: StorageProtocol,
  stored: Experiment,
  { name, maxTrials, maxBroken }: OpenExperimentOptions,
  { space, algorithm }: Wanted,
): Promise<Experiment> {
  const differences = [
    ...(space ? spaceDifferences(writeSpace(readSpace(stored.space)), writeSpace(space)) : []),
    ...(algorithm && !isSameConfiguration(stored.algorithm, algorithm.configuration)
      ? [`its algorithm is ${describe(stored.algorithm)}, not ${describe(algorithm.configuration)}`]
      : []),
  ];
  if (differences.length > 0) {
    throw new InvalidConfigurationError(
      `The stored experiment ${describe(name)} is not the one described: ${differences.join('; ')}. Use another name, or open it without these options`,
    );
  }
  const raised = [
    await raise(storage, stored, 'max_trials', maxTrials),
    await raise(storage, stored, 'max_broken', maxBroken),
  ];
  return raised.includes(true) ? fetchOne(storage, { _id: stored._id }, name) : stored;
}

function spaceDifferences(stored: Record<string, string>, wanted: Record<string, string>): string[] {
  const keys = [...new Set([...Object.keys(stored), ...Object.keys(wanted)])];
  const differing = keys.filter((key) => stored[key] !== wanted[key]);
  return differing.map((key) => `${key} is ${stored[key] ?? 'not in it'}, not ${wanted[key] ?? 'absent'}`);
}

/** Raises a limit, unless it is as high already; somebody else may raise it at the same time. */
function raise(
  storage: StorageProtocol,
  { _id }: Experiment,
  field: 'max_trials' | 'max_broken',
  limit: number | undefined,
): Promise<boolean> | false {
  return (
    limit !== undefined &&
    storage.updateExperiment({ uid: _id }, { [field]: limit }, { where: { [field]: { $lt: limit } } })
  );
}

function defined(algorithm: AlgorithmDefinition | AlgorithmConfiguration): AlgorithmDefinition {
  return typeof algorithm['create'] === 'function'
    ? (algorithm as AlgorithmDefinition)
    : readAlgorithm(algorithm);
}

function checkOptions({ name, maxTrials = 1, maxBroken = 1, version = 1 }: OpenExperimentOptions): void {
  const limits = Object.entries({ maxTrials, maxBroken, version });
  const wrong = limits.find(
    ([, value]) => value !== Number.POSITIVE_INFINITY && !(Number.isSafeInteger(value) && value > 0),
  );
  if (wrong)
    throw new InvalidConfigurationError(
      `The option '${wrong[0]}' is a whole number above 0, not ${describe(wrong[1])}`,
    );
  if (typeof name !== 'string' || name === '')
    throw new InvalidConfigurationError(`An experiment has a name, not ${describe(name)}`);
}

import {
  describe,
  type Experiment,
  errorCode,
  InvalidConfigurationError,
  type NewExperiment,
  type StorageProtocol,
} from '@trialbase/core';
import { chooseFor } from '../algorithms/choose-algorithm.js';
import { isSameConfiguration } from '../algorithms/same-configuration.js';
import { withSeed } from '../algorithms/seed.js';
import { readSpace, type Space, writeSpace } from '../space/space.js';
import { type Adapter, spaceAdapters } from './adapters.js';
import { differencesOf, type Wanted } from './differences.js';
import { refersOf } from './lineage.js';
import type { OpenExperimentOptions } from './open-options.js';

/** The stored experiment that is as wanted. Where there is none it is created, as the next version of what there is. */
export async function createOrJoin(
  storage: StorageProtocol,
  options: OpenExperimentOptions,
  wanted: Wanted,
): Promise<Experiment> {
  const { name } = options;
  for (;;) {
    const versions = await storage.fetchExperiments({ name });
    versions.sort((a, b) => versionOf(b) - versionOf(a));
    const found = choose(versions, options, wanted);
    if (found) return raiseLimits(storage, found, options);
    const created = await create(storage, versions, options, wanted);
    // Or else somebody else was first: that version may be the one wanted.
    if (created) return fetchOne(storage, created, name);
  }
}

/** @throws InvalidConfigurationError if what there is differs, and is not to be branched. */
function choose(
  versions: readonly Experiment[],
  { name, version, branch = true }: OpenExperimentOptions,
  wanted: Wanted,
): Experiment | undefined {
  if (version === undefined) {
    const found = versions.find((stored) => differencesOf(stored, wanted).length === 0);
    if (found || branch) return found;
  }
  const asked =
    version === undefined ? versions[0] : versions.find((stored) => versionOf(stored) === version);
  const differences = asked ? differencesOf(asked, wanted) : [];
  if (differences.length === 0) return asked;
  throw new InvalidConfigurationError(
    `The stored experiment ${describe(name)} is not the one described: ${differences.join('; ')}. Use another name, ` +
      `open it without these options, or let it have a next version: without \`version\` and \`branch: false\``,
  );
}

/** @returns the experiment; `undefined` where somebody else has created that version meanwhile. */
async function create(
  storage: StorageProtocol,
  versions: readonly Experiment[],
  options: OpenExperimentOptions,
  wanted: Wanted,
): Promise<Experiment | undefined> {
  const { version } = options;
  // A version that is asked for by its number comes after the one before it.
  const parent = versions.find((stored) => version === undefined || versionOf(stored) < version);
  try {
    const created = await storage.createExperiment(configurationOf(options, wanted, parent));
    if (!parent) await storage.updateExperiment({ uid: created._id }, { 'refers.root_id': created._id });
    return created;
  } catch (error) {
    if (errorCode(error) === 'duplicate-key') return undefined;
    throw error;
  }
}

/** What is not told is as the parent has it. @throws InvalidConfigurationError if the space is known from neither. */
function configurationOf(
  { name, version, maxTrials, maxBroken, metadata }: OpenExperimentOptions,
  wanted: Wanted,
  parent: Experiment | undefined,
): NewExperiment {
  const space = wanted.space ?? (version === undefined && parent ? readSpace(parent.space) : undefined);
  if (!space) {
    const which = version === undefined ? '' : ` of version ${version}`;
    throw new InvalidConfigurationError(
      `There is no experiment ${describe(name)}${which} yet: pass a \`space\` to create it`,
    );
  }
  const limit = maxTrials ?? parent?.max_trials;
  const algorithm = algorithmFor(space, limit, wanted, parent);
  return {
    name,
    version: version ?? (parent ? versionOf(parent) + 1 : 1),
    space: writeSpace(space),
    algorithm,
    ...(limit !== undefined && { max_trials: limit }),
    max_broken: maxBroken ?? parent?.max_broken ?? 3,
    metadata: { ...metadata, datetime: new Date() },
    refers: parent ? refersTo(parent, space, algorithm) : { root_id: null, parent_id: null, adapter: [] },
  };
}

function algorithmFor(
  space: Space,
  maxTrials: number | undefined,
  { algorithm, seed }: Wanted,
  parent: Experiment | undefined,
): unknown {
  if (algorithm) return algorithm.configuration;
  const inherited = parent?.algorithm;
  if (!inherited) return chooseFor(space, { maxTrials, seed: seed ?? null }).algorithm.configuration;
  return seed === undefined ? inherited : withSeed(inherited, seed);
}

function refersTo(parent: Experiment, space: Space, algorithm: unknown): Experiment['refers'] {
  const changed: Adapter[] = isSameConfiguration(parent.algorithm, algorithm)
    ? []
    : [{ of_type: 'algorithmchange' }];
  return {
    root_id: refersOf(parent).root_id ?? parent._id,
    parent_id: parent._id,
    adapter: [...spaceAdapters(readSpace(parent.space), space), ...changed],
  };
}

async function raiseLimits(
  storage: StorageProtocol,
  stored: Experiment,
  { name, maxTrials, maxBroken }: OpenExperimentOptions,
): Promise<Experiment> {
  const raised = [
    await raise(storage, stored, 'max_trials', maxTrials),
    await raise(storage, stored, 'max_broken', maxBroken),
  ];
  return raised.includes(true) ? fetchOne(storage, stored, name) : stored;
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

async function fetchOne(storage: StorageProtocol, { _id }: Experiment, name: string): Promise<Experiment> {
  const [found] = await storage.fetchExperiments({ _id });
  if (found) return found;
  throw new InvalidConfigurationError(
    `The experiment ${describe(name)} was deleted while it was opened: open it again`,
  );
}

function versionOf({ version = 1 }: Experiment): number {
  return version;
}

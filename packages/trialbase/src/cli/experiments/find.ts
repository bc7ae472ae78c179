import type { Experiment, StorageProtocol } from '@trialbase/core';
import { CommandError } from '../exit-codes.js';
import type { ExperimentOptions } from './options.js';

/** How many names an error lists. */
const LISTED = 10;

/** The experiment that a command is about: of its versions the one asked for, or the latest. */
export async function findExperiment(
  storage: StorageProtocol,
  { name, version }: ExperimentOptions,
): Promise<Experiment> {
  if (name === undefined) throw new CommandError('misused', `Say which experiment: -n NAME`);
  const versions = await storage.fetchExperiments({ name });
  const found =
    version === undefined ? latestOf(versions) : versions.find((each) => versionOf(each) === version);
  if (found) return found;
  if (versions.length > 0) {
    const known = versions.map(versionOf).sort((a, b) => a - b);
    throw new CommandError(
      'notFound',
      `There is no version ${version} of '${name}': it has ${known.join(', ')}`,
    );
  }
  throw new CommandError('notFound', `There is no experiment '${name}': ${await whatThereIs(storage)}`);
}

/** The experiments asked for: all, those of one name, or one version of it. @throws CommandError where there is none. */
export async function findExperiments(
  storage: StorageProtocol,
  { name, version }: ExperimentOptions,
): Promise<Experiment[]> {
  if (name === undefined && version === undefined) return storage.fetchExperiments({});
  if (version !== undefined)
    return [await findExperiment(storage, { ...(name !== undefined && { name }), version })];
  const found = await storage.fetchExperiments({ name });
  return found.length > 0 ? found : [await findExperiment(storage, { ...(name !== undefined && { name }) })];
}

/** Experiments that older versions of Orion stored have no version: it is their first. */
export function versionOf({ version }: Experiment): number {
  return typeof version === 'number' ? version : 1;
}

/** Of several versions the latest; `undefined` of none. */
export function latestOf(versions: readonly Experiment[]): Experiment | undefined {
  return versions.toSorted((a, b) => versionOf(b) - versionOf(a))[0];
}

/** How people name one version of an experiment: `digits-v2`. */
export function titleOf(experiment: Experiment): string {
  return `${experiment.name ?? experiment._id}-v${versionOf(experiment)}`;
}

async function whatThereIs(storage: StorageProtocol): Promise<string> {
  const all = await storage.fetchExperiments({}, { name: 1 });
  const names = [...new Set(all.map((each) => `'${String(each.name)}'`))];
  if (names.length === 0) return 'there is none in this store';
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
  return `there are ${names.slice(0, LISTED).join(', ')}${more}`;
}

import type { Experiment, Query, StorageProtocol, Trial } from '@trialbase/core';
import { readSpace, type Space } from '../space/space.js';
import { adaptTrial } from './adapt-trial.js';

/** What an experiment tells about where it comes from. */
interface Refers {
  readonly root_id?: unknown;
  readonly parent_id?: unknown;
  readonly adapter?: unknown;
}

/**
 * The trials of the versions that an experiment comes from, the oldest first, as far as they tell something about its space.
 * Each has the params of that space, and otherwise stays as its version has it.
 */
export async function fetchInherited(
  storage: StorageProtocol,
  experiment: Experiment,
  space: Space,
  where: Query = {},
): Promise<Trial[]> {
  const inherited: Trial[][] = [];
  for (const ancestor of await fetchAncestors(storage, experiment)) {
    const from = readSpace(ancestor.space);
    const trials = await storage.fetchTrials(ancestor, { where });
    inherited.unshift(trials.flatMap((trial) => adaptTrial(trial, from, space) ?? []));
  }
  return inherited.flat();
}

/** From the parent to the root, as far as they are there, and no further than a change that Orion calls breaking. */
async function fetchAncestors(storage: StorageProtocol, experiment: Experiment): Promise<Experiment[]> {
  const ancestors: Experiment[] = [];
  const met = new Set<unknown>([experiment._id]);
  let { parent_id, adapter } = refersOf(experiment);
  while (parent_id !== null && parent_id !== undefined && !met.has(parent_id) && !isBreaking(adapter)) {
    const [parent] = await storage.fetchExperiments({ _id: parent_id });
    if (!parent) break;
    met.add(parent_id);
    ancestors.push(parent);
    ({ parent_id, adapter } = refersOf(parent));
  }
  return ancestors;
}

export function refersOf({ refers }: Experiment): Refers {
  return typeof refers === 'object' && refers !== null ? refers : {};
}

function isBreaking(adapter: unknown): boolean {
  const adapters: readonly unknown[] = Array.isArray(adapter) ? adapter : [];
  return adapters.some((one) => (one as { readonly change_type?: unknown } | null)?.change_type === 'break');
}

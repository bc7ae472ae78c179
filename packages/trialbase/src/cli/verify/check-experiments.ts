import { readSpace } from '@trialbase/client';
import { describe, type Experiment, type Id } from '@trialbase/core';
import { everything, type OpenDatabase } from '@trialbase/core/adapter';
import { streamDocuments } from '../documents.js';
import { titleOf, versionOf } from '../experiments/find.js';
import { parentOf } from '../experiments/tree.js';
import { type Finding, note, problem } from './finding.js';

/** Checks benchmarks, experiments and algorithm locks. @returns the `_id`s of the experiments. */
export async function* checkExperiments(
  database: OpenDatabase,
): AsyncGenerator<Finding, ReadonlyMap<Id, string>> {
  const experiments = new Map<Id, string>();
  const parents: (readonly [title: string, parent: Id])[] = [];
  const keys = new Set<string>();
  for await (const document of streamDocuments(database, 'experiments', everything)) {
    const experiment = document as Experiment;
    const title = `experiment ${titleOf(experiment)}`;
    experiments.set(experiment._id, title);
    const parent = parentOf(experiment);
    if (parent !== undefined) parents.push([title, parent]);
    const key = JSON.stringify([experiment.name ?? null, versionOf(experiment)]);
    if (keys.has(key)) yield problem(title, 'there is another of this name and version');
    keys.add(key);
    if (typeof experiment.version !== 'number')
      yield note(title, "it has no version: 'db upgrade' gives it its first");
    yield* checkSpace(title, experiment);
  }
  for (const [title, parent] of parents)
    if (!experiments.has(parent))
      yield note(title, `the experiment ${parent} from which it branched is not here`);
  yield* checkLocks(database, experiments);
  yield* checkBenchmarks(database);
  return experiments;
}

function* checkSpace(title: string, { space }: Experiment): Generator<Finding> {
  if (space === undefined) return;
  try {
    readSpace(space);
  } catch (error) {
    yield note(title, `its space cannot be read: ${(error as Error).message}`);
  }
}

async function* checkLocks(
  database: OpenDatabase,
  experiments: ReadonlyMap<Id, string>,
): AsyncGenerator<Finding> {
  const locked = new Set<unknown>();
  for await (const { _id, experiment, locked: flag, token } of streamDocuments(
    database,
    'algo',
    everything,
  )) {
    const title = experiments.get(experiment as Id);
    const where = title === undefined ? `algorithm lock ${_id}` : `algorithm lock of ${title}`;
    if (title === undefined) yield problem(where, `there is no experiment ${describe(experiment)}`);
    if (locked.has(experiment)) yield problem(where, 'there is another one for the same experiment');
    locked.add(experiment);
    if (flag !== 0 && flag !== 1) yield problem(where, `'locked' is 0 or 1, not ${describe(flag)}`);
    if (token !== undefined && !Number.isSafeInteger(token))
      yield problem(where, `'token' is a whole number, not ${describe(token)}`);
  }
  for (const [id, title] of experiments)
    if (!locked.has(id)) yield problem(title, "it has no algorithm lock: 'db upgrade' makes it");
}

async function* checkBenchmarks(database: OpenDatabase): AsyncGenerator<Finding> {
  const names = new Set<unknown>();
  for await (const { name } of streamDocuments(database, 'benchmarks', everything)) {
    if (names.has(name)) yield problem(`benchmark ${describe(name)}`, 'there is another of this name');
    names.add(name);
  }
}

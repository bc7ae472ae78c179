import type { Id, Trial } from '@trialbase/core';
import { TrialbaseError } from '@trialbase/core';
import { everything, newTrialRecord, type OpenDatabase } from '@trialbase/core/adapter';
import { streamDocuments } from '../documents.js';
import { type Finding, problem } from './finding.js';

/** Checks each trial by itself, and against the others. */
export async function* checkTrials(
  database: OpenDatabase,
  experiments: ReadonlyMap<Id, string>,
): AsyncGenerator<Finding> {
  const among = new Among();
  for await (const document of streamDocuments(database, 'trials', everything)) {
    const trial = document as Trial;
    const where = `trial ${trial.id} of ${experiments.get(trial.experiment) ?? String(trial.experiment)}`;
    const faults = [...faultsOf(trial, experiments), ...among.faultsOf(trial)];
    for (const what of faults) yield problem(where, what);
  }
}

function* faultsOf(trial: Trial, experiments: ReadonlyMap<Id, string>): Generator<string> {
  if (!experiments.has(trial.experiment)) yield `there is no experiment ${String(trial.experiment)}`;
  const record = recordOf(trial);
  if (typeof record === 'string') {
    yield record;
    return;
  }
  if (record.id !== trial.id) yield `its params have the id ${record.id}`;
  const { status, results, heartbeat, end_time, reservation } = record;
  if (status === 'reserved' && heartbeat === null)
    yield 'it is reserved without a heartbeat: nobody would notice that its worker is gone';
  if (reservation === '') yield 'its reservation is empty';
  if (status !== 'completed') return;
  if (!results.some(({ type }) => type === 'objective')) yield 'it is completed without an objective';
  if (end_time === null) yield 'it is completed and has no end';
}

/** The trial as it would be registered, or why it could not be. */
function recordOf(trial: Trial): Trial | string {
  try {
    return newTrialRecord(trial, trial._id);
  } catch (error) {
    if (error instanceof TrialbaseError) return error.message;
    throw error;
  }
}

/** What no two trials may share. */
class Among {
  readonly #ids = new Set<string>();
  readonly #reservations = new Set<string>();
  readonly #workers = new Set<string>();

  *faultsOf({ experiment, id, status, worker, reservation }: Trial): Generator<string> {
    if (isTaken(this.#ids, JSON.stringify([experiment, id]))) yield 'the experiment has another of this id';
    if (status !== 'reserved') return;
    if (reservation !== undefined && isTaken(this.#reservations, reservation))
      yield 'its reservation is that of another trial too';
    if (typeof worker === 'string' && isTaken(this.#workers, JSON.stringify([experiment, worker])))
      yield `its worker '${worker}' has reserved another trial too`;
  }
}

function isTaken(keys: Set<string>, key: string): boolean {
  if (keys.has(key)) return true;
  keys.add(key);
  return false;
}

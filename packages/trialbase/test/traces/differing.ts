import { errorCode, trialStatuses } from '@trialbase/core';
import { changesOf, experimentRef, localTrial } from './arguments.js';
import type { Difference } from './replay.js';
import type { LocalTrial } from './session.js';
import { decode, type Fields } from './trace.js';

/** What can be said of a difference. */

export function isOp({ step }: Difference, ...ops: readonly string[]): boolean {
  return ops.includes(step.op);
}

export function isRead({ step }: Difference): boolean {
  return /^(fetch|get|count)_/.test(step.op);
}

export function worked(outcome: { readonly result?: unknown }): boolean {
  return 'result' in outcome;
}

/** Whether the storage raised one of these errors, where Orion did what it was asked. */
export function refused(difference: Difference, ...codes: readonly string[]): boolean {
  return worked(difference.orion) && failed(difference, ...codes);
}

function failed({ here }: Difference, ...codes: readonly string[]): boolean {
  return codes.includes(errorCode(here.error) ?? 'none');
}

/** Whether results were refused. That comes first here, also where Orion looks at the trial first. */
export function refusedResults(difference: Difference): boolean {
  const { orion } = difference;
  return failed(difference, 'invalid-result') && (worked(orion) || orion.error === 'FailedUpdate');
}

/** The local copy that a call was given. */
export function localOf({ replay, step }: Difference): LocalTrial {
  return localTrial(replay.session, step.args['trial']);
}

/** The changes that an update was given. */
export function changes({ step }: Difference): Fields {
  return changesOf(step.args, 'trial', 'experiment', 'uid', 'experiment_uid', 'where');
}

/** Whether the local copy carries a reservation that is no longer the stored one. */
export async function isStale(difference: Difference): Promise<boolean> {
  const local = localOf(difference);
  const stored = await difference.replay.session.storedTrial(local);
  return local.reservation !== undefined && stored?.reservation !== local.reservation;
}

const trialFields = new Set(
  '_id id experiment status worker submit_time start_time end_time heartbeat results params parent exp_working_dir'.split(
    ' ',
  ),
);

/** Whether a change would leave a trial that cannot be read. */
export function isBadChange(difference: Difference): boolean {
  const fields = changes(difference);
  if (Object.keys(fields).some((field) => !trialFields.has(field))) return true;
  if ('status' in fields && !(trialStatuses as readonly unknown[]).includes(fields['status'])) return true;
  return 'results' in fields && hasBadObjective(fields['results'] as LocalTrial['results']);
}

/** The results that a call sets or pushes. */
export function resultsOf(difference: Difference): LocalTrial['results'] {
  const { op, args } = difference.step;
  return op === 'trial.set' ? (decode(args['value']) as LocalTrial['results']) : localOf(difference).results;
}

export function hasBadObjective(results: LocalTrial['results']): boolean {
  return results.some(
    ({ type, value }) => type === 'objective' && (typeof value !== 'number' || Number.isNaN(value)),
  );
}

export function isSortedByTime(trials: unknown): boolean {
  if (!Array.isArray(trials)) return false;
  const times = (trials as Fields[]).map(
    (trial) => (trial['submit_time'] as Date | null)?.getTime() ?? Number.NEGATIVE_INFINITY,
  );
  return times.every((time, i) => i === 0 || time >= (times[i - 1] ?? 0));
}

/** Whether the arguments name a document at all, by a record or beside it. */
export function namesOne(difference: Difference): boolean {
  return idsOf(difference).every(([record, beside]) => record !== undefined || beside !== undefined);
}

/** Whether they name two that differ. */
export function namesTwo(difference: Difference): boolean {
  return idsOf(difference).some(
    ([record, beside]) => record !== undefined && beside !== undefined && record !== beside,
  );
}

function idsOf({
  replay: { session },
  step: { op, args },
}: Difference): (readonly [record: unknown, beside: unknown])[] {
  if (!/_trial(_uid.*)?$/.test(op)) {
    const { _id, uid } = experimentRef(session, args) as { _id?: unknown; uid?: unknown };
    return [[_id, uid]];
  }
  const { id, experiment }: Partial<LocalTrial> =
    args['trial'] === undefined ? {} : localTrial(session, args['trial']);
  const beside = args['experiment_uid'];
  return [
    [id, args['uid']],
    [experiment, beside === undefined ? undefined : session.ids.here('experiments', beside)],
  ];
}

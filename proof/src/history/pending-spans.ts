import { type Call, isFailure } from './call.js';
import type { SeenTrial } from './recorded-storage.js';
import { pendingStatuses } from './trial-model.js';

/** A time through which a trial was pending, whatever the order of the calls. */
export interface PendingSpan {
  readonly experiment: string;
  readonly trial: string;
  /** Absent where nobody saw it, or it was deleted and registered again. */
  readonly _id: SeenTrial['_id'] | undefined;
  readonly from: number;
  readonly until: number;
  /** The call that made it pending. */
  readonly by: Call;
}

/** The spans of one trial: from the end of each call that made it pending to the start of the next that may have changed it. */
export function pendingSpans(trial: string, calls: readonly Call[]): PendingSpan[] {
  const changes = calls.filter(mayChange);
  return changes.filter(makesPending).flatMap((by) => {
    const from = by.end ?? Number.POSITIVE_INFINITY;
    const others = changes.filter((other) => other !== by && lastOf(other) >= by.start);
    const until = Math.min(...others.map(({ start }) => start));
    const experiment = trial.slice(0, trial.lastIndexOf('/'));
    return from < until ? [{ experiment, trial, _id: idIn(calls), from, until, by }] : [];
  });
}

const CHANGING: ReadonlySet<string> = new Set([
  'registerTrial',
  'reserveTrial',
  'pushTrialResults',
  'setTrialStatus',
  'deleteExperiment',
]);

function mayChange({ method, outcome }: Call): boolean {
  return CHANGING.has(method) && !isFailure(outcome);
}

function makesPending({ method, arguments: asked, end }: Call): boolean {
  if (end === undefined) return false;
  return (
    method === 'registerTrial' ||
    (method === 'setTrialStatus' && pendingStatuses.has((asked as { status: string }).status))
  );
}

function lastOf({ end, latest = Number.POSITIVE_INFINITY }: Call): number {
  return end ?? latest;
}

function idIn(calls: readonly Call[]): PendingSpan['_id'] {
  const ids = new Set<SeenTrial['_id']>();
  for (const { outcome } of calls) {
    if (outcome === undefined || isFailure(outcome)) continue;
    const { _id, trial } = outcome as { _id?: SeenTrial['_id']; trial?: SeenTrial | null };
    const shown = _id ?? trial?._id;
    if (shown !== undefined) ids.add(shown);
  }
  return ids.size === 1 ? [...ids][0] : undefined;
}

import { type Call, isFailure, type Json } from './call.js';
import { Groups } from './groups.js';
import type { SeenTrial } from './recorded-storage.js';

/**
 * The calls that concern each trial, by the trial's key. A call that showed several trials becomes one call for each, so what is
 * checked is less than what it promises: each trial was at some time as it was shown, not all at the same time.
 */
export function callsByTrial(calls: readonly Call[]): ReadonlyMap<string, readonly Call[]> {
  const trials = new Groups<string, Call>();
  for (const call of calls) {
    const { trial } = asked(call);
    const shown = shownBy(call);
    if (trial === undefined)
      for (const each of shown) trials.add(each.trial, { ...call, outcome: { trial: each } });
    else trials.add(trial, shown.length === 1 ? { ...call, outcome: { trial: shown[0] as Json } } : call);
  }
  for (const call of calls) if (call.method === 'fetchTrials') addMissing(call, trials);
  for (const call of calls) if (call.method === 'deleteExperiment') addToAll(call, trials);
  addPossible(withDeletions(calls), trials);
  return trials.all;
}

/** A list of all trials of an experiment says of each other one that it was not there. */
function addMissing(call: Call, trials: Groups<string, Call>): void {
  if (call.outcome === undefined || isFailure(call.outcome)) return;
  const shown = new Set(shownBy(call).map(({ trial }) => trial));
  for (const trial of trials.all.keys())
    if (isOf(call, trial) && !shown.has(trial)) trials.add(trial, { ...call, outcome: { trial: null } });
}

/** The deletion of an experiment is that of each of its trials. */
function addToAll(call: Call, trials: Groups<string, Call>): void {
  for (const trial of trials.all.keys()) if (isOf(call, trial)) trials.add(trial, call);
}

/** What was done in an experiment that was deleted may have been deleted before anybody saw it. */
function withDeletions(calls: readonly Call[]): readonly Call[] {
  const deleted = new Set(
    calls.filter(({ method }) => method === 'deleteExperiment').map((call) => asked(call).experiment),
  );
  return calls.map((call) =>
    call.method === 'reserveTrial' && deleted.has(asked(call).experiment) ? { ...call, wiped: true } : call,
  );
}

/**
 * Adds reservations without an answer to the trials that they can have taken. A trial that one took was later seen with its token,
 * or given back to a worker of the same name, who needs no token: nobody else ends a reservation without having seen it. Where what
 * it did may have been deleted first, it can have taken any.
 */
function addPossible(calls: readonly Call[], trials: Groups<string, Call>): void {
  const byToken = new Groups<string, string>();
  for (const call of calls)
    for (const { trial, reservation } of shownBy(call)) if (reservation) byToken.add(reservation, trial);
  const reservations = calls.filter(({ method }) => method === 'reserveTrial');
  const byWorker = new Groups<string, string>();
  for (const call of reservations) {
    const { worker, reservation } = asked(call);
    if (worker && reservation) for (const trial of byToken.get(reservation)) byWorker.add(worker, trial);
  }
  for (const call of reservations.filter(({ end }) => end === undefined)) {
    const { worker, reservation } = asked(call);
    const own = reservation ? byToken.get(reservation) : [];
    const seen = reservation ? [...own, ...byWorker.get(worker ?? '')] : [];
    const isTraced = reservation && (own.length > 0 || !call.wiped);
    for (const trial of new Set(isTraced ? seen : trials.all.keys()))
      if (isOf(call, trial) && (call.wiped || mayMatter(call, trials.get(trial)))) trials.add(trial, call);
  }
}

/** Whether a call without an answer can have come before the last of the others, and after one was under way. */
function mayMatter({ start, latest = Number.POSITIVE_INFINITY }: Call, others: readonly Call[]): boolean {
  return (
    others.some(({ end = Number.POSITIVE_INFINITY }) => start <= end) &&
    others.some((other) => other.start <= latest)
  );
}

/** The trials that a call was answered with. */
function shownBy({ outcome }: Call): readonly SeenTrial[] {
  if (outcome === undefined || isFailure(outcome)) return [];
  const { trials, trial } = outcome as { trials?: readonly SeenTrial[]; trial?: SeenTrial | null };
  return trials ?? (trial ? [trial] : []);
}

type Asked = {
  readonly experiment?: string | number;
  readonly trial?: string;
  readonly worker?: string | null;
  readonly reservation?: string | null;
};

function asked({ arguments: args }: Call): Asked {
  return args as Asked;
}

function isOf(call: Call, trial: string): boolean {
  return trial.startsWith(`${asked(call).experiment}/`);
}

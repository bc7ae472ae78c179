import { type NewTrial, type Trial, type TrialStatus, trialId } from '@trialbase/core';

/*
 * What the two stores written by hand share. IndexedDB counts by walking along an index, so they keep how many trials there are
 * of each status, and write it in the transaction that changes it, as Trialbase does: a write by hand is not a bare put. Their ids
 * are Trialbase's: keys of which each comes after the last would cost an index less. They take for granted what Trialbase may
 * not: that every trial is valid and has an experiment, an id and a status of text; that no id is there already when many are
 * registered in one call; that nobody watches; that the connection never breaks.
 */

/** What takes part in the keys. Trials of an experiment are found by the first of two fields. */
export const BY_ID = '[experiment+id]';
export const BY_STATUS = '[experiment+status]';

export const pending: readonly TrialStatus[] = ['new', 'suspended', 'interrupted'];

/** A lock as it is kept by hand. As the protocol has it, it is one of many with an `_id`, and found by its experiment. */
export interface LockByHand {
  readonly _id: string;
  readonly experiment: string;
  readonly locked: number;
  readonly token: number;
  readonly heartbeat: Date;
  readonly state: unknown;
}

/** How many trials an experiment has, by status. */
export interface CountsByHand {
  readonly experiment: string;
  readonly numbers: Readonly<Partial<Record<TrialStatus, number>>>;
}

/** The counts after so many trials of each of these statuses have come, or have gone where the number is below 0. */
export function countedAnew(
  counts: CountsByHand | undefined,
  experiment: string,
  changes: CountsByHand['numbers'],
): CountsByHand {
  const numbers = { ...counts?.numbers };
  for (const [status, number] of Object.entries(changes) as [TrialStatus, number][])
    numbers[status] = (numbers[status] ?? 0) + number;
  return { experiment, numbers };
}

/** What the statuses of these trials count for, each so many times. */
export function countsFor(trials: readonly Trial[], each: number): CountsByHand['numbers'] {
  const numbers: Partial<Record<TrialStatus, number>> = {};
  for (const { status } of trials) numbers[status] = (numbers[status] ?? 0) + each;
  return numbers;
}

/** With the fields that Trialbase's trials have, in their order. */
export function documentOf({ params, ...given }: NewTrial): Trial {
  return {
    _id: nextId(),
    id: trialId({ params }),
    status: 'new',
    worker: null,
    submit_time: null,
    start_time: null,
    end_time: null,
    heartbeat: null,
    results: [],
    params,
    parent: null,
    exp_working_dir: null,
    ...given,
  };
}

let latest = Date.now() * 1_000;

/** As long as a UUID, and in the order in which they are made. */
function nextId(): string {
  latest += 1;
  return latest.toString(36).padStart(36, '0');
}

/** The trial that was registered first. */
export function oldestOf(trials: readonly (Trial | undefined)[]): Trial | undefined {
  let oldest: Trial | undefined;
  for (const trial of trials) if (trial && (!oldest || trial._id < oldest._id)) oldest = trial;
  return oldest;
}

export function reserved(trial: Trial): Trial {
  const now = new Date();
  return {
    ...trial,
    status: 'reserved',
    reservation: crypto.randomUUID(),
    start_time: now,
    heartbeat: now,
    worker: null,
  };
}

/** @throws Error if the trial is not stored, or somebody else holds it. */
export function checkHeld(stored: Trial | undefined, held: Trial): asserts stored is Trial {
  if (stored?.status !== 'reserved' || stored.reservation !== held.reservation)
    throw new Error(`The trial ${held.id} is not held any more`);
}

export function bySubmitTime(a: Trial, b: Trial): number {
  return Number(a.submit_time) - Number(b.submit_time) || (a._id < b._id ? -1 : 1);
}

export function taken(lock: LockByHand | undefined, experiment: string): LockByHand {
  return {
    _id: lock?._id ?? nextId(),
    experiment,
    locked: 1,
    token: (lock?.token ?? 0) + 1,
    heartbeat: new Date(),
    state: lock?.state ?? null,
  };
}

/** @throws Error if somebody has taken the lock away. */
export function freed(stored: LockByHand | undefined, held: LockByHand, state: unknown): LockByHand {
  if (stored?.token !== held.token) throw new Error('The lock is not held any more');
  return { ...stored, locked: 0, heartbeat: new Date(), state };
}

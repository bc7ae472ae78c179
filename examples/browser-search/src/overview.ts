import { HEARTBEAT, lossOf } from 'digits';
import { type Trial, type TrialStatus, trialStatuses } from 'trialbase';

/** A worker with no sign of life for so many milliseconds is likely gone. */
const SILENT = 2.5 * HEARTBEAT;

/** The pace is that of the last so many milliseconds. */
const PACE_OVER = 20_000;

/** How a search stands. */
export interface Overview {
  readonly counts: Readonly<Record<TrialStatus, number>>;
  /** The completed trials, in the order in which they ended. */
  readonly completed: readonly Trial[];
  /** The completed trial with the smallest loss. */
  readonly best: Trial | undefined;
  /** The trials at which workers are. */
  readonly running: readonly Trial[];
  /** The trials whose workers are likely gone. They go to others soon. */
  readonly silent: readonly Trial[];
  /** Trials completed a millisecond, lately. */
  readonly pace: number;
}

/** Sums up the trials, at the time `now`. */
export function overviewOf(trials: readonly Trial[], now: number): Overview {
  const counts = Object.fromEntries(trialStatuses.map((status) => [status, 0])) as Record<
    TrialStatus,
    number
  >;
  for (const { status } of trials) counts[status] += 1;
  const completed = trials
    .filter(({ status }) => status === 'completed')
    .sort((a, b) => timeOf(a.end_time) - timeOf(b.end_time));
  const reserved = trials.filter(({ status }) => status === 'reserved');
  const isSilent = ({ heartbeat }: Trial): boolean => now - timeOf(heartbeat) > SILENT;
  return {
    counts,
    completed,
    best: bestOf(completed),
    running: reserved.filter((trial) => !isSilent(trial)),
    silent: reserved.filter(isSilent),
    pace: paceOf(completed, now),
  };
}

/** The smallest loss that there was after each trial. */
export function bestSoFar(losses: readonly number[]): number[] {
  let best = Number.POSITIVE_INFINITY;
  return losses.map((loss) => (best = Math.min(best, loss)));
}

function bestOf(completed: readonly Trial[]): Trial | undefined {
  let best: Trial | undefined;
  for (const trial of completed) if (!best || lossOf(trial) < lossOf(best)) best = trial;
  return best;
}

function paceOf(completed: readonly Trial[], now: number): number {
  const recent = completed.filter(({ end_time }) => timeOf(end_time) > now - PACE_OVER);
  const began = Math.min(...recent.map(({ start_time }) => timeOf(start_time)));
  return recent.length > 0 ? recent.length / Math.max(1, now - began) : 0;
}

function timeOf(date: Date | null): number {
  return date?.getTime() ?? 0;
}

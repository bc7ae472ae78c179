import type { ExperimentRef, StorageProtocol, Trial, TrialStatus } from '@trialbase/core';
import { trialStatuses } from '@trialbase/core';
import { objectiveOf } from '../evaluation/results.js';
import { bestOf, rankSelection } from './best.js';

/** How a search stands. */
export interface ExperimentStats {
  /** How many trials there are of each status. */
  readonly counts: Readonly<Record<TrialStatus, number>>;
  /** The objective of the best completed trial; of the highest fidelity among them, where the space has one. */
  readonly bestObjective: number | undefined;
  /** The `id` of the trial that has it; of several, of the one that ended first. */
  readonly bestTrial: string | undefined;
  /** When the first trial was started. */
  readonly startTime: Date | undefined;
  /** When the last results were pushed. */
  readonly finishTime: Date | undefined;
}

/** The parts of the trials that the stats are made of. */
const selection = { ...rankSelection, start_time: 1 };

/** One look at all trials, so that the figures fit each other. */
export async function fetchStats(
  storage: StorageProtocol,
  experiment: ExperimentRef,
): Promise<ExperimentStats> {
  const trials = await storage.fetchTrials(experiment, { selection });
  const counts = Object.fromEntries(trialStatuses.map((status) => [status, 0])) as Record<
    TrialStatus,
    number
  >;
  for (const { status } of trials) counts[status] += 1;
  const best = bestOf(trials);
  return {
    counts,
    bestObjective: objectiveOf(best?.results),
    bestTrial: best?.id,
    startTime: extreme(trials, 'start_time', (a, b) => a < b),
    finishTime: extreme(trials, 'end_time', (a, b) => a > b),
  };
}

/**
 * The best completed trial, whole: of those with the highest fidelity, where the space has one, and of those that are feasible,
 * where there are such, the one with the smallest objective.
 */
export async function fetchBest(
  storage: StorageProtocol,
  experiment: ExperimentRef,
): Promise<Trial | undefined> {
  const trials = await storage.fetchTrials(experiment, {
    where: { status: 'completed' },
    selection: rankSelection,
  });
  const best = bestOf(trials);
  if (!best) return undefined;
  const [whole] = await storage.fetchTrials(experiment, { where: { _id: best._id } });
  return whole;
}

function extreme(
  trials: readonly Trial[],
  field: 'start_time' | 'end_time',
  isMore: (a: Date, b: Date) => boolean,
): Date | undefined {
  let found: Date | undefined;
  for (const { [field]: time } of trials) if (time && (!found || isMore(time, found))) found = time;
  return found;
}

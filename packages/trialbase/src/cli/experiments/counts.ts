import { type Experiment, type TrialStatus, trialStatuses } from '@trialbase/core';
import { and, equal, type OpenDatabase } from '@trialbase/core/adapter';

/** How many trials of an experiment have each status. The indexes tell: no trial is read. */
export async function countTrials(
  database: OpenDatabase,
  { _id }: Experiment,
): Promise<Readonly<Record<TrialStatus, number>>> {
  const counts = {} as Record<TrialStatus, number>;
  for (const status of trialStatuses) {
    counts[status] = await database.count('trials', and(equal('experiment', _id), equal('status', status)));
  }
  return counts;
}

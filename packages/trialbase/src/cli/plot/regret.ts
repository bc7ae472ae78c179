import { objectiveOf } from '@trialbase/client';
import type { Experiment, StorageProtocol } from '@trialbase/core';
import { streamTrials } from '../experiments/trial-stream.js';

/** What each completed trial gave, in the order in which they ended, and the best that there was by then. */
export interface Regret {
  readonly objectives: readonly number[];
  readonly best: readonly number[];
}

export async function fetchRegret(storage: StorageProtocol, experiment: Experiment): Promise<Regret> {
  const objectives: number[] = [];
  const best: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  const options = {
    where: { status: 'completed' },
    sort: { end_time: 1 },
    selection: { results: 1 },
  } as const;
  for await (const { results } of streamTrials(storage, experiment, options)) {
    const objective = objectiveOf(results);
    if (objective === undefined || !Number.isFinite(objective)) continue;
    least = Math.min(least, objective);
    objectives.push(objective);
    best.push(least);
  }
  return { objectives, best };
}

/** Whether the values are so far apart that only orders of magnitude show them. */
export function needsLog(values: readonly number[]): boolean {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const value of values) {
    if (value <= 0) return false;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high / low > 50;
}

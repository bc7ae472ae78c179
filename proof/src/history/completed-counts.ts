import { type Call, isFailure, toText } from './call.js';

/**
 * Checks counts of completed trials, which are statements about many trials at one moment: at least as many as were completed for sure
 * when the call started, and at most as many as can have been when it ended. Trials that are completed once stay so in these histories,
 * unless their experiment is deleted: such experiments are left out.
 *
 * @returns what went wrong.
 */
export function checkCounts(calls: readonly Call[], byTrial: ReadonlyMap<string, readonly Call[]>): string[] {
  const counts = calls.filter(
    ({ method, outcome }) => method === 'countCompletedTrials' && outcome && !isFailure(outcome),
  );
  if (counts.length === 0) return [];
  const experiments = new Set(counts.map(experimentOf));
  for (const call of calls) if (call.method === 'deleteExperiment') experiments.delete(experimentOf(call));
  return [...experiments].flatMap((experiment) => {
    const { surely, possibly } = completions(experiment, byTrial);
    return counts
      .filter((call) => experimentOf(call) === experiment)
      .flatMap((call) => {
        const { count } = call.outcome as { count: number };
        const [least, most] = [
          howManyBefore(surely, call.start),
          howManyBefore(possibly, call.end ?? call.start),
        ];
        if (least <= count && count <= most) return [];
        return [`A count of completed trials is ${count}, not ${least} to ${most}:\n    ${toText(call)}`];
      });
  });
}

/** When each completed trial was so at the latest, and from when on it can have been; both sorted. */
function completions(
  experiment: string,
  byTrial: ReadonlyMap<string, readonly Call[]>,
): { surely: number[]; possibly: number[] } {
  const surely: number[] = [];
  const possibly: number[] = [];
  for (const [trial, calls] of byTrial) {
    if (!trial.startsWith(`${experiment}/`)) continue;
    const completing = calls.filter(completes);
    const ends = completing.flatMap(({ end }) => (end === undefined ? [] : [end]));
    if (ends.length > 0) surely.push(Math.min(...ends));
    if (completing.length > 0) possibly.push(Math.min(...completing.map(({ start }) => start)));
  }
  const byTime = (a: number, b: number): number => a - b;
  return { surely: surely.sort(byTime), possibly: possibly.sort(byTime) };
}

function completes({ arguments: asked, method, outcome }: Call): boolean {
  const changes = method === 'pushTrialResults' || method === 'setTrialStatus';
  return changes && !isFailure(outcome) && (asked as { status?: unknown }).status === 'completed';
}

function experimentOf({ arguments: asked }: Call): string {
  return String((asked as { experiment: string | number }).experiment);
}

/** By halving: the times are sorted. */
function howManyBefore(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

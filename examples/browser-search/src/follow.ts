import type { Id, Trial, TrialChange } from 'trialbase';

/**
 * How long the page rests after it has shown what changed, in milliseconds, and at least how many times as long as the
 * showing took: a search of many thousand trials leaves it as quick to answer. What changes meanwhile is shown at once.
 */
const REST = 100;
const REST_RATIO = 3;

/** Calls `show` with the trials that are watched, by the time they were submitted, and again whenever any has changed. */
export async function follow(
  changes: AsyncIterable<readonly TrialChange[]>,
  show: (trials: readonly Trial[]) => void | Promise<void>,
): Promise<void> {
  const trials = new Map<Id, Trial>();
  for await (const batch of changes) {
    for (const change of batch) {
      if (change.kind === 'removed') trials.delete(change._id);
      else trials.set(change.trial._id, change.trial);
    }
    const start = performance.now();
    await show([...trials.values()]);
    await rest(Math.max(REST, REST_RATIO * (performance.now() - start)));
  }
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

import type { Id, Trial, TrialChange } from 'trialbase';

/** How long the page rests after it has shown what changed, in milliseconds. What changes meanwhile is shown at once. */
const REST = 100;

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
    await show([...trials.values()]);
    await new Promise((resolve) => setTimeout(resolve, REST));
  }
}

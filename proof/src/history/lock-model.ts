import { type Call, isFailure } from './call.js';
import type { Model } from './model.js';
import { firstLockState, type LockState } from './recorded-storage.js';

/**
 * What the algorithm lock promises of the state under it: to raise the counter is one step, from the state that was found to the next
 * one, whatever the holder does meanwhile. A holder whose lock was taken changes nothing.
 */
export const lockModel: Model<LockState> = {
  initial: firstLockState,
  after(state, call) {
    if (call.method === 'deleteExperiment') return [firstLockState]; // The lock goes with it.
    const found = foundBy(call);
    if (call.method === 'raiseCounter') return raised(state, call, found);
    return found === undefined || isSame(state, found) ? [state] : [];
  },
};

function raised(
  state: LockState,
  { arguments: asked, outcome }: Call,
  found: LockState | undefined,
): readonly LockState[] {
  // Who never found a state had nothing to write: the lock was not obtained.
  if (found === undefined) return [state];
  if (!isSame(state, found)) return [];
  if (isFailure(outcome)) return [state];
  return [{ count: found.count + 1, by: (asked as { mark: string }).mark }];
}

/** The state that a call found: as it answered, or as it noted before it was left without an answer. */
function foundBy({ outcome, noted }: Call): LockState | undefined {
  const told = outcome === undefined || isFailure(outcome) ? noted : outcome;
  return (told as { found: LockState } | undefined)?.found;
}

function isSame(a: LockState, b: LockState): boolean {
  return a.count === b.count && a.by === b.by;
}

import { type Call, isFailure, toText } from '../../src/history/call.js';

/** The errors with which each call may end by what others do. */
const REFUSALS: Readonly<Record<string, readonly string[]>> = {
  registerTrial: ['duplicate-key'],
  createBenchmark: ['duplicate-key'],
  pushTrialResults: ['failed-update'],
  setTrialStatus: ['failed-update'],
  raiseCounter: ['failed-update', 'lock-timeout'],
};

/** The errors with which any call may end, where something happens to the store. */
const TROUBLE: ReadonlySet<string> = new Set(['storage-unavailable', 'storage-full']);

/** Calls that ended with an error that they are not said to end with, as text. */
export function strangeErrors(calls: readonly Call[]): string[] {
  return calls
    .filter(({ method, outcome }) => {
      if (!isFailure(outcome)) return false;
      return !TROUBLE.has(outcome.error) && !REFUSALS[method]?.includes(outcome.error);
    })
    .map((call) => `A call ended with an error that it does not know: ${toText(call)}`);
}

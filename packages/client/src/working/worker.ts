import { evaluate } from '../evaluation/evaluate.js';
import type { Outcome } from '../evaluation/outcome.js';
import type { Executor } from '../executors/executor.js';
import type { Search } from '../search.js';
import type { Advice } from '../stopping/advice.js';
import type { Report } from '../stopping/stopping-rule.js';
import { sleep } from '../timing/sleep.js';
import { nextTrial, type Over } from './next-trial.js';
import type { Shift } from './shift.js';
import type { WorkOptions } from './work-options.js';

/** How often a worker with nothing to do looks again, in milliseconds, unless a trial ends here before. */
const LOOK_AGAIN = 1_000;

export interface WorkerOptions<P> {
  readonly search: Search;
  readonly executor: Executor<P>;
  readonly name: string;
  readonly shift: Shift;
  readonly advice: Advice | undefined;
  readonly signal: AbortSignal;
  readonly options: WorkOptions;
}

/** Evaluates trial after trial until there is a reason to stop. @returns the reason. */
export async function work<P>(worker: WorkerOptions<P>): Promise<Over | 'aborted' | 'idle'> {
  const { shift, signal, options } = worker;
  const { idleTimeout = Number.POSITIVE_INFINITY, heartbeatInterval = LOOK_AGAIN } = options;
  let idleSince: number | undefined;
  for (;;) {
    if (signal.aborted) return 'aborted';
    if (shift.over) return shift.over;
    const did = await workOnNext(worker);
    if (did === 'full') await sleep(Number.POSITIVE_INFINITY, signal, shift.placeIsFree);
    else if (did === 'wait') {
      idleSince ??= performance.now();
      const left = idleSince + idleTimeout - performance.now();
      if (left <= 0) return 'idle';
      await sleep(Math.min(heartbeatInterval, LOOK_AGAIN, left), signal, shift.trialEnds);
    } else if (typeof did === 'string') return did;
    else {
      idleSince = undefined;
      await tell(did, options);
      if (did.kind === 'failed') throw did.reason;
    }
  }
}

/** Evaluates one trial. Where there is none: `wait`, or `full` where the others of this call are at all that it needs. */
async function workOnNext<P>(
  worker: WorkerOptions<P>,
): Promise<Outcome | Over | 'wait' | 'full' | 'aborted'> {
  const { search, executor, name, shift, advice, signal, options } = worker;
  if (!shift.enter()) return 'full';
  let outcome: Outcome | undefined;
  try {
    const { poolSize = 1, heartbeatInterval = 24_000 } = options;
    const next = await unlessAborted(signal, () => nextTrial(search, { worker: name, poolSize, signal }));
    if (typeof next === 'string') return next;
    const shouldStop = advice && ((reports: readonly Report[]) => advice.shouldStop(reports));
    outcome = await evaluate(search.storage, next, executor, {
      heartbeatInterval,
      shouldStop,
      signal,
      onLateError: onErrorOf(options),
    });
    return outcome;
  } finally {
    shift.leave(outcome);
  }
}

/** An error of a call that was given up because of the signal is no error. */
async function unlessAborted<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T | 'aborted'> {
  try {
    return await call();
  } catch (error) {
    if (signal.aborted && error === signal.reason) return 'aborted';
    throw error;
  }
}

async function tell(outcome: Outcome, options: WorkOptions): Promise<void> {
  if ('error' in outcome) await onErrorOf(options)(outcome.error, outcome.trial);
  if (outcome.kind === 'broken' || outcome.kind === 'completed') await options.onTrial?.(outcome.trial);
}

/** Nobody is left to wonder why a search ends without a result. */
function onErrorOf({ onError }: WorkOptions): NonNullable<WorkOptions['onError']> {
  // oxlint-disable-next-line no-console
  return onError ?? ((error, { id }) => console.error(`The evaluation of trial ${id} failed:`, error));
}

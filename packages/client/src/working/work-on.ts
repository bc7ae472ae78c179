import type { Executor } from '../executors/executor.js';
import type { Search } from '../search.js';
import { Advice } from '../stopping/advice.js';
import { withSteadyTimers } from '../timing/timer.js';
import { uniqueName } from '../unique-name.js';
import type { Over } from './next-trial.js';
import { Shift } from './shift.js';
import { checkWorkOptions, type WorkOptions } from './work-options.js';
import { work } from './worker.js';

/** What the workers of one call did. */
export interface WorkSummary {
  /** How many trials they completed. */
  readonly completed: number;
  /** How many trials broke in their hands. */
  readonly broken: number;
  /**
   * Why the last of them stopped. `max-trials`, `max-broken`: a limit of the experiment, or of the call, was reached;
   * `exhausted`: the algorithm has no more points to suggest; `idle`: there was nothing to do for too long.
   */
  readonly reason: Over | 'aborted' | 'idle';
}

/** Evaluates trials until there is a reason to stop. */
export async function workOn<P>(
  search: Search,
  executor: Executor<P>,
  options: WorkOptions,
): Promise<WorkSummary> {
  checkWorkOptions(options, 'workOn');
  try {
    return await withSteadyTimers(() => workTogether(search, executor, options));
  } finally {
    await executor.close?.();
  }
}

/** Where one worker fails, the others stop too, and the work ends with that error. */
async function workTogether<P>(
  search: Search,
  executor: Executor<P>,
  options: WorkOptions,
): Promise<WorkSummary> {
  const shift = new Shift(options);
  const advice = options.stopping && new Advice(search, options.stopping);
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(options.signal?.reason);
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener('abort', stop, { once: true });
  let reason: WorkSummary['reason'] = 'aborted';
  const failures: unknown[] = [];
  const workers = namesOf(options).map(async (name) => {
    try {
      reason = await work({ search, executor, name, shift, advice, signal: stopping.signal, options });
    } catch (error) {
      failures.push(error);
      stopping.abort(error);
    }
  });
  await Promise.all(workers);
  options.signal?.removeEventListener('abort', stop);
  if (failures.length > 0) throw failures[0];
  return { completed: shift.completed, broken: shift.broken, reason };
}

function namesOf({ workers = 1, worker = uniqueName('worker') }: WorkOptions): string[] {
  return workers === 1 ? [worker] : Array.from({ length: workers }, (_, i) => `${worker}-${i + 1}`);
}

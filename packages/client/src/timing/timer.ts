import { timerDelay } from '@trialbase/core';
import { TimerWorker } from './timer-worker.js';

let users = 0;
let worker: TimerWorker | undefined;

/**
 * Does `work` with timers that a hidden page does not slow down. In a page that takes a worker, which all works of the
 * page share, and which ends with the last of them; elsewhere nothing.
 */
export async function withSteadyTimers<T>(work: () => Promise<T>): Promise<T> {
  if (users === 0) worker = TimerWorker.start();
  users += 1;
  try {
    return await work();
  } finally {
    users -= 1;
    if (users === 0) {
      worker?.end();
      worker = undefined;
    }
  }
}

export interface TimerOptions {
  /** Whether a process of Node may end before it rings. Default: false. */
  readonly background?: boolean;
}

/**
 * Calls `ring` once after so many milliseconds, unless the function returned is called before. The timer is set in the
 * page and, where there is one, in the worker: the first of the two counts, so that no trouble with workers can hold it up.
 */
export function startTimer(milliseconds: number, ring: () => void, options: TimerOptions = {}): () => void {
  const delay = timerDelay(milliseconds);
  const timer = setTimeout(once, delay);
  if (options.background) letEnd(timer);
  const stopInWorker = worker?.set(delay, once);

  function once(): void {
    stop();
    ring();
  }

  function stop(): void {
    clearTimeout(timer);
    stopInWorker?.();
  }

  return stop;
}

/** In Node a timer is an object. */
function letEnd(timer: unknown): void {
  (timer as { unref?(): void }).unref?.();
}

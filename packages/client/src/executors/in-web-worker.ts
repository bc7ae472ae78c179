import { EvaluationFailedError, InvalidConfigurationError } from '@trialbase/core';
import type { AnyParams } from '../space/param-types.js';
import type { Executor } from './executor.js';
import type { FromWorker } from './messages.js';
import type { WorkerEvents, WorkerHandle, WorkerPoolOptions } from './worker-handle.js';
import { WorkerPool } from './worker-pool.js';

/**
 * Evaluates in Web Workers, as many as trials are evaluated at once. The script of a worker calls {@link exposeObjective}.
 * It is given by its address, or by a function that starts one, which is what bundlers understand:
 *
 * ```ts
 * inWebWorker(() => new Worker(new URL('./objective.js', import.meta.url), { type: 'module' }));
 * ```
 *
 * A worker whose objective does not heed its signal is ended, and replaced by another one. One whose script fails breaks its trial
 * with an EvaluationFailedError.
 *
 * @throws InvalidConfigurationError if there are no Web Workers here, or an option makes no sense.
 */
export function inWebWorker<P = AnyParams>(
  script: URL | string | (() => Worker),
  options: WorkerPoolOptions = {},
): Executor<P> {
  if (typeof Worker === 'undefined')
    throw new InvalidConfigurationError(
      'There are no Web Workers here: in Node, use inWorkerThread. A worker itself may have none in some browsers',
    );
  const start = typeof script === 'function' ? script : () => new Worker(script, { type: 'module' });
  return new WorkerPool((events) => handleOf(start(), events), options);
}

function handleOf(worker: Worker, events: WorkerEvents): WorkerHandle {
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => events.message(data));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    events.failed(
      new EvaluationFailedError(`A Web Worker failed: ${event.message ?? 'its script could not be loaded'}`),
    );
  });
  worker.addEventListener('messageerror', () => {
    events.failed(new EvaluationFailedError('A Web Worker sent what cannot be read here'));
  });
  return { post: (message) => worker.postMessage(message), terminate: () => worker.terminate() };
}

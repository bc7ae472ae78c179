import { Worker } from 'node:worker_threads';
import {
  type AnyParams,
  type Executor,
  type FromWorker,
  type WorkerEvents,
  type WorkerHandle,
  WorkerPool,
  type WorkerPoolOptions,
} from '@trialbase/client';
import { checkOptions, EvaluationFailedError } from '@trialbase/core';

/** What the threads of {@link inWorkerThread} are given. */
export interface WorkerThreadOptions extends WorkerPoolOptions {
  /** What each thread finds as `workerData` of `node:worker_threads`. Default: nothing. */
  readonly workerData?: unknown;
  /** The most memory that a thread may use for its objects, in megabytes. Default: as Node has it. */
  readonly maxHeapSize?: number;
}

/**
 * Evaluates in worker threads, as many as trials are evaluated at once. The script, a path or a `file:` URL, calls
 * {@link exposeObjective}. A thread whose objective does not heed its signal is ended, even in the midst of a computation. One
 * that dies, as it runs out of memory or calls `process.exit`, breaks its trial with an EvaluationFailedError. Either is replaced.
 *
 * @throws InvalidConfigurationError if an option makes no sense.
 */
export function inWorkerThread<P = AnyParams>(
  script: URL | string,
  options: WorkerThreadOptions = {},
): Executor<P> {
  const known = ['workerData', 'maxHeapSize', 'startTimeout', 'terminateAfter'] as const;
  const { workerData, maxHeapSize, ...ofPool } = checkOptions('inWorkerThread', options, known);
  const resourceLimits = maxHeapSize === undefined ? {} : { maxOldGenerationSizeMb: maxHeapSize };
  return new WorkerPool(
    (events) => handleOf(new Worker(script, { workerData, resourceLimits }), events),
    ofPool,
  );
}

function handleOf(thread: Worker, events: WorkerEvents): WorkerHandle {
  thread.on('message', (message: FromWorker) => events.message(message));
  thread.on('error', (cause) =>
    events.failed(new EvaluationFailedError(`A worker thread failed: ${messageOf(cause)}`, { cause })),
  );
  thread.on('messageerror', (cause) =>
    events.failed(new EvaluationFailedError('A worker thread sent what cannot be read here', { cause })),
  );
  thread.on('exit', (code) =>
    events.failed(
      new EvaluationFailedError(`A worker thread ended, with the code ${code}, before its evaluation did`),
    ),
  );
  return { post: (message) => thread.postMessage(message), terminate: () => thread.terminate() };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

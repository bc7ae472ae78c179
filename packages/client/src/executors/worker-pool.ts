import { checkOptions, describe, EvaluationFailedError, InvalidConfigurationError } from '@trialbase/core';
import type { Evaluation } from '../evaluation/evaluation.js';
import type { Output } from '../evaluation/results.js';
import type { Executor } from './executor.js';
import { PooledWorker } from './pooled-worker.js';
import { RunsUnderWay } from './runs-under-way.js';
import type { WorkerEvents, WorkerHandle, WorkerPoolOptions } from './worker-handle.js';

/**
 * Evaluates in workers that `start` begins, each of them at one trial after another. There are as many as trials are evaluated at
 * once. One that dies breaks its trial with an EvaluationFailedError, and a new one takes its place.
 */
export class WorkerPool<P> implements Executor<P> {
  readonly #start: (events: WorkerEvents) => WorkerHandle;
  readonly #options: Required<WorkerPoolOptions>;
  readonly #idle: PooledWorker<P>[] = [];
  readonly #runs = new RunsUnderWay();
  readonly #ending = new Set<Promise<void>>();

  /** @throws InvalidConfigurationError if an option makes no sense. */
  constructor(start: (events: WorkerEvents) => WorkerHandle, options: WorkerPoolOptions = {}) {
    checkOptions('A pool of workers', options, ['startTimeout', 'terminateAfter']);
    const { startTimeout = 30_000, terminateAfter = 250 } = options;
    for (const [name, value] of Object.entries({ startTimeout, terminateAfter }))
      if (!(value >= 0 && value < 2 ** 31))
        throw new InvalidConfigurationError(`The option '${name}' cannot be ${describe(value)}`);
    this.#start = start;
    this.#options = { startTimeout, terminateAfter };
  }

  async run(evaluation: Evaluation<P>): Promise<Output | undefined> {
    const worker = this.#takeIdle() ?? this.#hire();
    try {
      return await this.#runs.add(worker.evaluate(evaluation), evaluation.signal);
    } finally {
      if (worker.isDead) this.#end(worker);
      else this.#idle.push(worker);
    }
  }

  /** Waits for those, too, that were told to stop and take their time: they are ended then. */
  async close(): Promise<void> {
    await this.#runs.stopped();
    for (const worker of this.#idle.splice(0)) this.#end(worker);
    await Promise.all(this.#ending);
  }

  #takeIdle(): PooledWorker<P> | undefined {
    for (;;) {
      const worker = this.#idle.pop();
      if (!worker?.isDead) return worker;
      this.#end(worker);
    }
  }

  #hire(): PooledWorker<P> {
    try {
      return new PooledWorker(this.#start, this.#options);
    } catch (cause) {
      throw new EvaluationFailedError(
        `A worker could not be started: ${cause instanceof Error ? cause.message : describe(cause)}`,
        { cause },
      );
    }
  }

  #end(worker: PooledWorker<P>): void {
    const ending = worker.end().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }
}

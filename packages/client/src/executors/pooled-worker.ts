import { EvaluationFailedError } from '@trialbase/core';
import type { Evaluation } from '../evaluation/evaluation.js';
import type { Output } from '../evaluation/results.js';
import type { AnyParams } from '../space/param-types.js';
import { startTimer } from '../timing/timer.js';
import type { FromWorker } from './messages.js';
import { portable } from './portable.js';
import type { WorkerEvents, WorkerHandle, WorkerPoolOptions } from './worker-handle.js';

/** The evaluation that a worker is at. */
interface Current<P> {
  readonly evaluation: Evaluation<P>;
  readonly resolve: (output: Output | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** One worker of a pool, with the evaluation that it is at. */
export class PooledWorker<P> {
  readonly #options: Required<WorkerPoolOptions>;
  readonly #handle: WorkerHandle;
  readonly #ready: Promise<void>;
  #markReady: () => void = () => {};
  #isReady = false;
  #run = 0;
  #current: Current<P> | undefined;
  #isDead = false;
  #stopStarting: () => void;
  #stopAborting: () => void = () => {};

  constructor(start: (events: WorkerEvents) => WorkerHandle, options: Required<WorkerPoolOptions>) {
    this.#options = options;
    this.#ready = new Promise((resolve) => {
      this.#markReady = resolve;
    });
    this.#handle = start({
      message: (message) => this.#take(message),
      failed: (error) => this.#die(error),
    });
    const { startTimeout } = options;
    this.#stopStarting = startTimer(startTimeout, () => this.#die(neverReady(startTimeout)));
  }

  /** Whether it can be used no more. */
  get isDead(): boolean {
    return this.#isDead;
  }

  /** Evaluates a trial. It is dead afterwards unless the objective returned, or threw by itself. */
  async evaluate(evaluation: Evaluation<P>): Promise<Output | undefined> {
    this.#run += 1;
    const abort = (): void => this.#abort(evaluation.signal.reason);
    try {
      return await new Promise<Output | undefined>((resolve, reject) => {
        this.#current = { evaluation, resolve, reject };
        if (evaluation.signal.aborted) return reject(evaluation.signal.reason);
        evaluation.signal.addEventListener('abort', abort, { once: true });
        void this.#send(evaluation);
      });
    } finally {
      this.#current = undefined;
      this.#stopAborting();
      evaluation.signal.removeEventListener('abort', abort);
    }
  }

  async end(): Promise<void> {
    this.#isDead = true;
    this.#stopStarting();
    await this.#handle.terminate();
  }

  async #send({ params, trial, signal }: Evaluation<P>): Promise<void> {
    await this.#ready;
    const run = this.#run;
    if (!signal.aborted) this.#handle.post({ kind: 'evaluate', run, params: params as AnyParams, trial });
  }

  #abort(reason: unknown): void {
    if (!this.#isReady) return this.#current?.reject(reason);
    this.#handle.post({ kind: 'abort', run: this.#run, reason: portable(reason) });
    this.#stopAborting = startTimer(this.#options.terminateAfter, () => this.#die(reason));
  }

  #die(reason: unknown): void {
    this.#isDead = true;
    this.#stopStarting();
    this.#current?.reject(reason);
  }

  #take(message: FromWorker): void {
    if (message.kind === 'ready') {
      this.#isReady = true;
      this.#stopStarting();
      return this.#markReady();
    }
    const current = this.#current;
    if (!current || message.run !== this.#run) return;
    if (message.kind === 'returned') current.resolve(message.output as Output | undefined);
    else if (message.kind === 'threw') current.reject(message.error);
    else if (message.kind === 'stopped') current.reject(current.evaluation.signal.reason);
    else if (message.kind === 'report') this.#report(current, message.value, message.step);
    else void this.#advise(current, message.run, message.question);
  }

  /** A report that is refused ends the evaluation, unless it was to end anyway. */
  #report({ evaluation }: Current<P>, value: number, step: number | undefined): void {
    try {
      evaluation.report(value, { step });
    } catch (error) {
      if (!evaluation.signal.aborted) this.#die(error);
    }
  }

  async #advise({ evaluation }: Current<P>, run: number, question: number): Promise<void> {
    try {
      const shouldStop = await evaluation.shouldStop();
      if (!this.#isDead) this.#handle.post({ kind: 'advice', run, question, shouldStop });
    } catch (error) {
      if (run === this.#run) this.#die(error);
    }
  }
}

function neverReady(milliseconds: number): EvaluationFailedError {
  return new EvaluationFailedError(
    `A worker had no objective after ${milliseconds} ms: its script is to call exposeObjective(objective)`,
  );
}

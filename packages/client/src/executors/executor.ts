import { describe, InvalidConfigurationError } from '@trialbase/core';
import type { Evaluation, Objective } from '../evaluation/evaluation.js';
import type { Output } from '../evaluation/results.js';
import type { AnyParams } from '../space/param-types.js';

/** Where trials are evaluated: here, in a Web Worker, in a worker thread, in a process, on another machine. */
export interface Executor<P = AnyParams> {
  /**
   * Evaluates one trial; see {@link Objective} for what comes out of it. `workOn` with several workers asks for as many at once.
   * When the evaluation's signal is aborted, it ends in some way, and soon.
   */
  run(evaluation: Evaluation<P>): Output | void | Promise<Output | void>;
  /** Lets go of what is kept between two evaluations, and waits for what is ending. It may be asked to run again. */
  close?(): void | Promise<void>;
}

/** An objective is the simplest executor: it runs here. @throws InvalidConfigurationError if the work is neither. */
export function executorOf<P>(work: Objective<P> | Executor<P>): Executor<P> {
  if (typeof work === 'function') return { run: work };
  if (typeof work?.run === 'function') return work;
  throw new InvalidConfigurationError(
    `workOn evaluates by a function, or by an executor such as inWebWorker gives, not by ${describe(work)}`,
  );
}

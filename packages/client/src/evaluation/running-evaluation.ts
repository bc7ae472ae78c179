import { FailedUpdateError, InvalidResultError, type Result, type Trial } from '@trialbase/core';
import { pointOf } from '../space/space.js';
import type { Report } from '../stopping/stopping-rule.js';
import type { Evaluation, ReportOptions } from './evaluation.js';
import { ReportLog } from './report-log.js';
import { REPORTS } from './reports.js';
import { toObjective, toResults } from './results.js';

export interface RunningOptions {
  /** Called after each report. */
  readonly reported: () => void;
  /** See {@link EvaluateOptions}. */
  readonly shouldStop?: ((reports: readonly Report[]) => Promise<boolean>) | undefined;
}

/** One evaluation from its begin to its end: what the objective is given, and what its output comes to. */
export class RunningEvaluation<P> {
  readonly log: ReportLog = new ReportLog();
  readonly evaluation: Evaluation<P>;
  readonly #options: RunningOptions;
  readonly #aborting = new AbortController();
  #ended = false;

  constructor(trial: Trial, options: RunningOptions) {
    this.#options = options;
    this.evaluation = {
      params: pointOf(trial) as P,
      trial,
      signal: this.#aborting.signal,
      report: (value, { step } = {}) => this.#report(value, step),
      shouldStop: () => this.#shouldStop(),
    };
  }

  /** Aborts the signal that the objective has, unless that has ended. */
  abort(reason: unknown): void {
    if (!this.#ended) this.#aborting.abort(reason);
  }

  /** From now on reports are refused, and the signal stays as it is. */
  end(): void {
    this.#ended = true;
  }

  /** What to store. @throws InvalidResultError if the output is none. */
  results(output: unknown): Result[] {
    const { last } = this.log;
    if (output === undefined && last) {
      const value = Number.isNaN(last[1]) ? Number.POSITIVE_INFINITY : last[1];
      return [toObjective(value), ...this.log.toResults()];
    }
    const results = toResults(output);
    if (last && results.some((result) => result?.name === REPORTS))
      throw new InvalidResultError(
        `There is a result called '${REPORTS}', which is the name of what was reported: give it another one`,
      );
    return [...results, ...this.log.toResults()];
  }

  #report(value: number, step: ReportOptions['step']): void {
    this.evaluation.signal.throwIfAborted();
    if (this.#ended)
      throw new FailedUpdateError(
        `The evaluation of trial '${this.evaluation.trial.id}' has ended: it reports no more. Wait for all of it before it returns`,
      );
    this.log.add(value, step);
    this.#options.reported();
  }

  async #shouldStop(): Promise<boolean> {
    const { shouldStop } = this.#options;
    if (!shouldStop || !this.log.last) return false;
    return shouldStop(this.log.reports);
  }
}

import type { Trial } from '@trialbase/core';
import type { AnyParams } from '../space/param-types.js';
import type { Output } from './results.js';

/** Where in an evaluation a report belongs. */
export interface ReportOptions {
  /** How far the evaluation has come, such as a number of epochs. Steps rise. Default: 1 after the last one, at first 1. */
  readonly step?: number | undefined;
}

/** What an objective is called with. The functions may be taken out of it. */
export interface Evaluation<P = AnyParams> {
  readonly params: P;
  /** The trial as it was reserved. */
  readonly trial: Trial;
  /** Aborted when the work is to stop, and when the trial has gone to another worker; its `reason` tells why. */
  readonly signal: AbortSignal;
  /**
   * Tells how the evaluation goes, while it goes on; the smaller the value, the better, and `NaN` is bad. Those who watch the
   * trial see the values soon, as `reportsOf(trial)`; they stay with its results. However many come, a few writes a
   * second store them. Of more than 10,000, every second one is let go, and so on.
   *
   * @throws the reason of `signal` once that is aborted: a FailedUpdateError where the trial has gone to another worker.
   * @throws FailedUpdateError after the evaluation has ended.
   * @throws InvalidResultError if the value is no number, or the step does not come after the last.
   */
  readonly report: (value: number, options?: ReportOptions) => void;
  /**
   * Whether the stopping rule of `workOn` advises to give up, by what was reported: never without a rule, or before a report.
   */
  readonly shouldStop: () => Promise<boolean>;
}

/**
 * Evaluates one trial. What it throws makes the trial broken. Where it returns nothing, the value that it reported last is
 * the objective (infinity, if that was `NaN`); so it may just return when it is advised to stop.
 */
export type Objective<P = AnyParams> = (evaluation: Evaluation<P>) => Output | void | Promise<Output | void>;

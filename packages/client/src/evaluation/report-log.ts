import { describe, InvalidResultError, type Result } from '@trialbase/core';
import type { Report } from '../stopping/stopping-rule.js';
import { toReportsResult } from './reports.js';

/** More reports than these are thinned out, so that storing them costs no more the longer an evaluation runs. */
const MOST = 10_000;

/** What one evaluation has reported so far. */
export class ReportLog {
  #reports: Report[] = [];

  get reports(): readonly Report[] {
    return this.#reports;
  }

  get last(): Report | undefined {
    return this.#reports.at(-1);
  }

  /** @throws InvalidResultError if the value is no number, or the step does not come after the last. */
  add(value: number, step: number = (this.last?.[0] ?? 0) + 1): void {
    if (typeof value !== 'number')
      throw new InvalidResultError(`A reported value is a number, not ${describe(value)}`);
    if (!Number.isFinite(step))
      throw new InvalidResultError(`The step of a report is a finite number, not ${describe(step)}`);
    if (this.last && step <= this.last[0])
      throw new InvalidResultError(
        `The steps of reports rise: ${describe(step)} does not come after ${describe(this.last[0])}`,
      );
    if (this.#reports.length >= MOST) this.#reports = this.#reports.filter((_, i) => i % 2 === 0);
    this.#reports.push([step, value]);
  }

  /** As they are stored: no result where nothing was reported. */
  toResults(): Result[] {
    return this.#reports.length === 0 ? [] : [toReportsResult(this.#reports)];
  }
}

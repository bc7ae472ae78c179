import type { Result, Trial } from '@trialbase/core';
import type { Report } from '../stopping/stopping-rule.js';

/** The name of the statistic that holds what an evaluation reported. */
export const REPORTS = 'reports';

/** What the evaluation of a trial reported, by rising steps; none where it reported nothing. */
export function reportsOf({ results }: Pick<Trial, 'results'>): readonly Report[] {
  return (results.find(isReports)?.value as readonly Report[] | undefined) ?? [];
}

/** Reports as they are stored. */
export function toReportsResult(reports: readonly Report[]): Result {
  return { name: REPORTS, type: 'statistic', value: reports };
}

/** Whether a result is what was reported, and not something else of that name. */
function isReports({ name, type, value }: Result): boolean {
  return name === REPORTS && type === 'statistic' && Array.isArray(value) && value.every(isReport);
}

function isReport(entry: unknown): entry is Report {
  return Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === 'number');
}

import { describe, InvalidResultError, type Result } from '@trialbase/core';

/** What an objective may return. The smaller the objective, the better. */
export type Output =
  | number
  | readonly Result[]
  | {
      readonly objective: number;
      /** By name: numbers, or arrays of them, that should be 0 or less. */
      readonly constraints?: Readonly<Record<string, unknown>>;
      /** By name: whatever else is worth keeping. */
      readonly statistics?: Readonly<Record<string, unknown>>;
    };

/** The results to store. @throws InvalidResultError if the output is none of the three forms. */
export function toResults(output: unknown): Result[] {
  if (typeof output === 'number') return [toObjective(output)];
  if (Array.isArray(output)) return output;
  if (typeof output !== 'object' || output === null || !('objective' in output)) {
    throw new InvalidResultError(
      `An objective returns a number, { objective, constraints?, statistics? } or an array of results, not ${describe(output)}`,
    );
  }
  const {
    objective,
    constraints = {},
    statistics = {},
  } = output as Exclude<Output, number | readonly Result[]>;
  return [toObjective(objective), ...named('constraint', constraints), ...named('statistic', statistics)];
}

/** The results to complete a trial with. @throws InvalidResultError if there is no objective among them, too. */
export function checkedResults(output: unknown): Result[] {
  const results = toResults(output);
  if (objectiveOf(results) !== undefined) return results;
  throw new InvalidResultError(`There is no objective in ${describe(output)}: a trial is completed with one`);
}

/** @throws InvalidResultError if the value is no number, or NaN. */
export function toObjective(value: unknown): Result {
  if (typeof value === 'number' && !Number.isNaN(value))
    return { name: 'objective', type: 'objective', value };
  throw new InvalidResultError(`The objective must be a number and not NaN; it was ${describe(value)}`);
}

function named(type: Result['type'], values: Readonly<Record<string, unknown>>): Result[] {
  return Object.entries(values).map(([name, value]) => ({ name, type, value }));
}

/** The objective among results; `undefined` where there is none. */
export function objectiveOf(results: readonly Result[] | undefined): number | undefined {
  const value = results?.find(({ type }) => type === 'objective')?.value;
  return typeof value === 'number' ? value : undefined;
}

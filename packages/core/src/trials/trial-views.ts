import { describe, InvalidDocumentError } from '../errors.js';
import { setField } from '../set-field.js';
import { isFields } from '../values/is-fields.js';
import { snapshot } from '../values/values.js';
import type { Param, Result, ResultType, Trial } from './trial.js';
import { type HashedTrial, paramsText, trialHash, trialId } from './trial-id.js';

/** The result that the search minimizes; of several, the first. `undefined` before the trial was evaluated. */
export function objective(trial: Pick<Trial, 'results'>): Result | undefined {
  return firstOf(trial, 'objective');
}

/** The first gradient among the results. */
export function gradient(trial: Pick<Trial, 'results'>): Result | undefined {
  return firstOf(trial, 'gradient');
}

/** The stand-in for an objective that is not known yet. */
export function lie(trial: Pick<Trial, 'results'>): Result | undefined {
  return firstOf(trial, 'lie');
}

/** The constraints among the results: the trial is feasible where none exceeds 0. */
export function constraints(trial: Pick<Trial, 'results'>): Result[] {
  return allOf(trial, 'constraint');
}

/** The statistics among the results: what else is worth knowing of the trial. */
export function statistics(trial: Pick<Trial, 'results'>): Result[] {
  return allOf(trial, 'statistic');
}

/**
 * The values of the params by name. A dot in a name opens an object: `a.b` is `{ a: { b } }`. Of two params with one
 * name the last counts.
 *
 * @throws InvalidDocumentError if a name needs an object where another param put a value: `a`, then `a.b`.
 */
export function paramValues(trial: Pick<Trial, 'params'>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of new Map(trial.params.map((param) => [param.name, param.value]))) {
    const steps = name.split('.');
    const last = steps.pop() ?? name;
    setField(objectAt(values, steps, name), last, snapshot(value));
  }
  return values;
}

function objectAt(
  root: Record<string, unknown>,
  steps: readonly string[],
  name: string,
): Record<string, unknown> {
  let object = root;
  for (const step of steps) {
    const next: unknown = Object.hasOwn(object, step) ? object[step] : {};
    if (!isFields(next)) {
      throw new InvalidDocumentError(
        `The param '${name}' needs an object at '${step}', where another put ${describe(next)}: rename one of them`,
      );
    }
    setField(object, step, next);
    object = next;
  }
  return object;
}

/** How long the trial ran, in milliseconds, up to its end or its last sign of life; 0 if it never started. */
export function trialDuration(trial: Pick<Trial, 'start_time' | 'end_time' | 'heartbeat'>): number {
  const interval = executionInterval(trial);
  return interval ? interval[1].getTime() - interval[0].getTime() : 0;
}

/** When the trial started, and when it ended or gave its last sign of life; `undefined` if it never started. */
export function executionInterval(
  trial: Pick<Trial, 'start_time' | 'end_time' | 'heartbeat'>,
): readonly [start: Date, end: Date] | undefined {
  const { start_time: start, end_time, heartbeat } = trial;
  const end = end_time ?? heartbeat;
  return start && end ? [start, end] : undefined;
}

/** The trial's own directory in that of its experiment. @throws InvalidDocumentError if `exp_working_dir` is not set. */
export function trialWorkingDir(trial: HashedTrial & Pick<Trial, 'exp_working_dir'>): string {
  const directory = trial.exp_working_dir;
  if (!directory)
    throw new InvalidDocumentError("The trial has no working directory: its 'exp_working_dir' is not set");
  return `${directory}${directory.endsWith('/') ? '' : '/'}${trialId(trial)}`;
}

/** The params in one text that is fit for a file name in most cases: `.lr:0.001-.layers:3`. @throws InvalidDocumentError without params or an experiment. */
export function trialFullName(trial: HashedTrial & { readonly params: readonly Param[] }): string {
  if (trial.params.length === 0 || !trial.experiment) {
    throw new InvalidDocumentError(
      "A trial without params or without an experiment has no full name: set 'params' and 'experiment'",
    );
  }
  return paramsText(trial.params, '-').replaceAll('/', '.');
}

/** The id by which Orion before 0.2 knew a trial: it depends on the experiment too. */
export function legacyTrialId(trial: HashedTrial): string {
  return trialHash(trial);
}

/** Whether two trials are the same point of a search: they have the same `id`, whatever their status or experiment. */
export function sameTrial(a: Pick<Trial, 'id'>, b: Pick<Trial, 'id'>): boolean {
  return a.id === b.id;
}

function firstOf(trial: Pick<Trial, 'results'>, type: ResultType): Result | undefined {
  return trial.results.find((result) => result.type === type);
}

function allOf(trial: Pick<Trial, 'results'>, type: ResultType): Result[] {
  return trial.results.filter((result) => result.type === type);
}

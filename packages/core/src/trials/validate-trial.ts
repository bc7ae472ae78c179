import type { Change, Id } from '../document.js';
import { describe, InvalidDocumentError, InvalidResultError } from '../errors.js';
import { idFault } from '../keys.js';
import { isFields } from '../values/is-fields.js';
import { storable } from '../values/values.js';
import {
  type NewTrial,
  type Param,
  paramTypes,
  type Result,
  resultTypes,
  type Trial,
  type TrialStatus,
  trialStatuses,
} from './trial.js';
import { trialId } from './trial-id.js';
import { paramValues } from './trial-views.js';

/**
 * The whole record of a trial to register: checked, copied, and with whatever was absent filled in. The `id` follows
 * from the params, also where another one is given.
 *
 * @param id the `_id` of a trial that brings none.
 * @throws InvalidDocumentError if a field is missing, unknown or of the wrong kind; names it.
 * @throws InvalidResultError if something is wrong with the results.
 */
export function newTrialRecord(trial: NewTrial, id: Id): Trial {
  const given = storable(trial, 'trial');
  if (!isFields(given)) throw new InvalidDocumentError(`A trial must be an object, not ${describe(given)}`);
  for (const field of Object.keys(given)) checkField(field, given[field]);
  const { experiment, params } = given as Partial<Trial>;
  if (experiment === undefined || params === undefined) {
    throw new InvalidDocumentError(`The trial ${describe(given)} needs both 'experiment' and 'params'`);
  }
  return complete({ ...given, experiment, params }, id);
}

/** Field by field, so that all trials have the same shape, which keeps reading them fast. */
function complete(given: NewTrial, id: Id): Trial {
  return {
    _id: given._id ?? id,
    id: trialId(given),
    experiment: given.experiment,
    status: given.status ?? 'new',
    worker: given.worker ?? null,
    submit_time: given.submit_time ?? null,
    start_time: given.start_time ?? null,
    end_time: given.end_time ?? null,
    heartbeat: given.heartbeat ?? null,
    results: given.results ?? [],
    params: given.params,
    parent: given.parent ?? null,
    exp_working_dir: given.exp_working_dir ?? null,
    ...(given.reservation !== undefined && { reservation: given.reservation }),
  };
}

/**
 * Refuses changes that would leave a trial that cannot be read. The fields of a trial are set whole: whether a change
 * below one of them fits what stands beside it, such as a result's type, only the stored trial could tell.
 *
 * @throws InvalidDocumentError if a change names an unknown or a nested field, or a value of the wrong kind.
 * @throws InvalidResultError if something is wrong with the results.
 */
export function checkTrialChanges(changes: readonly Change[]): void {
  for (const { path, value } of changes) {
    const [field = '', ...below] = path;
    if (below.length > 0) {
      throw new InvalidDocumentError(
        `A trial has no field '${path.join('.')}' to set: set '${field}' as a whole`,
      );
    }
    checkField(field, value);
  }
}

/** A status, or an InvalidDocumentError that lists them. */
export function checkStatus(status: unknown): TrialStatus {
  checkField('status', status);
  return status as TrialStatus;
}

/** A time of a trial, checked and copied; `undefined` where none is given. @throws InvalidDocumentError if it is none. */
export function checkTime(field: 'start_time' | 'end_time' | 'heartbeat', time: unknown): Date | undefined {
  if (time === undefined || time === null) return undefined;
  const checked = storable(time, `trial.${field}`);
  checkField(field, checked);
  return checked as Date;
}

/** Refuses what cannot be the name of a worker. @throws InvalidDocumentError */
export function checkWorker(worker: unknown): void {
  checkField('worker', worker);
}

/**
 * The results that a worker pushes, checked and copied.
 *
 * @throws InvalidResultError if an objective is not a number, or a result is malformed.
 */
export function checkResults(results: unknown): readonly Result[] {
  const checked = storable(results, 'results');
  checkField('results', checked);
  return checked as Result[];
}

/** Refuses to complete a trial without an objective. @throws InvalidResultError */
export function checkObjective(results: readonly Result[]): void {
  if (results.some(({ type }) => type === 'objective')) return;
  throw new InvalidResultError(
    `There is no objective in the results ${describe(results)}: a trial is completed with one`,
  );
}

function checkField(field: string, value: unknown): void {
  const fault = Object.hasOwn(faults, field) ? faults[field as keyof Trial](value) : unknownField();
  if (fault === undefined) return;
  const message = `trial.${field}${fault}`;
  throw field === 'results' ? new InvalidResultError(message) : new InvalidDocumentError(message);
}

function unknownField(): string {
  return ` is no field of a trial: it has ${Object.keys(faults).join(', ')}`;
}

/** What is wrong with a value, as the end of a sentence that begins with its path; `undefined` if nothing is. */
type Fault = (value: unknown) => string | undefined;

const faults: Readonly<Record<keyof Trial, Fault>> = {
  _id: idFault,
  id: stringFault,
  experiment: idFault,
  status: (value) => choiceFault(value, trialStatuses),
  worker: orNull(stringFault),
  submit_time: orNull(dateFault),
  start_time: orNull(dateFault),
  end_time: orNull(dateFault),
  heartbeat: orNull(dateFault),
  results: (value) => listFault(value, resultFault),
  params: (value) => listFault(value, paramFault) ?? checkClash(value as Param[]),
  parent: orNull(stringFault),
  exp_working_dir: orNull(stringFault),
  reservation: stringFault,
};

function stringFault(value: unknown): string | undefined {
  return typeof value === 'string' ? undefined : ` must be a string, not ${describe(value)}`;
}

function dateFault(value: unknown): string | undefined {
  return value instanceof Date ? undefined : ` must be a Date, not ${describe(value)}`;
}

function orNull(fault: Fault): Fault {
  return (value) => (value === null ? undefined : fault(value));
}

function choiceFault(value: unknown, choices: readonly unknown[]): string | undefined {
  return choices.includes(value)
    ? undefined
    : ` must be one of ${choices.join(', ')}, not ${describe(value)}`;
}

function listFault(values: unknown, elementFault: Fault): string | undefined {
  if (!Array.isArray(values)) return ` must be an array, not ${describe(values)}`;
  for (let i = 0; i < values.length; i++) {
    const fault = elementFault(values[i]);
    if (fault !== undefined) return `[${i}]${fault}`;
  }
  return undefined;
}

function paramFault(param: unknown): string | undefined {
  return entryFault(param, paramTypes);
}

function resultFault(result: unknown): string | undefined {
  const fault = entryFault(result, resultTypes);
  if (fault !== undefined) return fault;
  const { type, value } = result as Result;
  if (type !== 'objective' || (typeof value === 'number' && !Number.isNaN(value))) return undefined;
  return `.value is an objective and must be a number, not ${describe(value)}`;
}

/** Params and results are made alike: a name, a type and a value, nothing else. */
function entryFault(entry: unknown, types: readonly unknown[]): string | undefined {
  if (!isFields(entry)) return ` must be an object with name, type and value, not ${describe(entry)}`;
  for (const key of Object.keys(entry)) {
    if (key !== 'name' && key !== 'type' && key !== 'value')
      return `.${key} is unknown: there are name, type and value`;
  }
  if (typeof entry['name'] !== 'string') return `.name must be a string, not ${describe(entry['name'])}`;
  if (!types.includes(entry['type'])) return `.type${choiceFault(entry['type'], types)}`;
  return 'value' in entry ? undefined : '.value is missing';
}

/** Names such as `a` and `a.b` cannot both be set when the params are unflattened, which is tried. @throws as it does. */
function checkClash(params: readonly Param[]): undefined {
  if (params.some(({ name }) => name.includes('.'))) paramValues({ params });
}

import { objectiveOf, readSpace, reportsOf, type Space } from '@trialbase/client';
import type { Experiment, Trial, TrialStatus } from '@trialbase/core';
import { type Distribution, distributionOf, toInternal } from './distributions.js';
import { directions, operations, SPACE_ATTRIBUTE, states } from './operations.js';
import { pythonJson } from './python-json.js';

/** Names the writer of the operations, as Optuna does with its processes. */
const WORKER = 'trialbase';

/**
 * The lines of a journal that Optuna's `JournalFileBackend` opens: the study, then for each trial a template, its intermediate
 * values, and its final state. Trials that wait are enqueued there; one that runs is running still.
 *
 * @param trials in the order in which Optuna is to number them.
 */
export async function* journalLines(
  experiment: Experiment,
  trials: AsyncIterable<Trial>,
): AsyncGenerator<string> {
  const space = readSpace(experiment.space);
  const study = { study_name: experiment.name ?? String(experiment._id), directions: [directions.minimize] };
  yield line(operations.createStudy, study);
  yield line(operations.setStudyUserAttribute, {
    study_id: 0,
    user_attr: { [SPACE_ATTRIBUTE]: experiment.space },
  });
  const parameters = new Map(space.map(parameterOf));
  let number = 0;
  for await (const trial of trials) {
    for (const operation of operationsOf(trial, number, parameters)) yield operation;
    number += 1;
  }
}

/** A parameter of Optuna's. */
interface Parameter {
  readonly name: string;
  readonly distribution: Distribution;
  /** The distribution as it is written: once, as all trials have the same. */
  readonly text: string;
}

/** The parameters, by their keys in documents. */
type Parameters = ReadonlyMap<string, Parameter>;

function parameterOf({ key, name, dimension }: Space[number]): [string, Parameter] {
  const distribution = distributionOf(dimension);
  return [key, { name, distribution, text: JSON.stringify(distribution) }];
}

const stateOf: Readonly<Record<TrialStatus, number>> = {
  new: states.waiting,
  suspended: states.waiting,
  interrupted: states.waiting,
  reserved: states.running,
  completed: states.complete,
  broken: states.fail,
};

function* operationsOf(trial: Trial, trial_id: number, parameters: Parameters): Generator<string> {
  const state = stateOf[trial.status];
  const start = trial.start_time ?? trial.submit_time;
  const common = { study_id: 0, datetime_start: isoOf(start), ...attributesOf(trial) };
  if (state === states.waiting) {
    // As `enqueue_trial` has it: whoever takes the trial is given these values.
    const fixed = Object.fromEntries(
      [...paramsOf(trial, parameters)].map(({ name, value }) => [name, value]),
    );
    yield line(operations.createTrial, {
      ...common,
      datetime_start: null,
      state,
      value: null,
      values: null,
      system_attrs: { fixed_params: fixed },
      ...emptyParams,
    });
    return;
  }
  yield line(operations.createTrial, {
    ...common,
    datetime_start: isoOf(start ?? new Date(0)),
    state: states.running,
    value: null,
    values: null,
    ...template(trial, parameters),
  });
  for (const [step, intermediate_value] of reportsOf(trial))
    yield line(operations.setTrialIntermediateValue, {
      trial_id,
      step: Math.trunc(step),
      intermediate_value,
    });
  if (state === states.running) return;
  const objective = objectiveOf(trial.results);
  const values = state === states.complete && objective !== undefined ? [objective] : null;
  yield line(operations.setTrialStateValues, {
    trial_id,
    state,
    values,
    datetime_complete: isoOf(trial.end_time ?? trial.heartbeat ?? start ?? new Date(0)),
  });
}

const emptyParams = { params: {}, distributions: {}, intermediate_values: {} };

/** The params of a trial with their distributions. What no distribution has is left out, and stands among the attributes. */
function template(trial: Trial, parameters: Parameters): object {
  const params: Record<string, number> = {};
  const distributions: Record<string, string> = {};
  for (const { name, internal, text } of paramsOf(trial, parameters)) {
    params[name] = internal;
    distributions[name] = text;
  }
  return { ...emptyParams, params, distributions };
}

function* paramsOf(
  { params }: Trial,
  parameters: Parameters,
): Generator<Parameter & { readonly value: unknown; readonly internal: number }> {
  for (const { name: key, value } of params) {
    const parameter = parameters.get(key);
    const internal = parameter && toInternal(parameter.distribution, value);
    if (parameter && internal !== undefined) yield { ...parameter, value, internal };
  }
}

/** Statistics by their names; constraints as Optuna's samplers look for them. */
function attributesOf({ id, results }: Trial): object {
  const statistics = results.filter(({ name, type }) => type === 'statistic' && name !== 'reports');
  const constraints = results.filter(({ type }) => type === 'constraint').map(({ value }) => value);
  return {
    user_attrs: {
      'trialbase:id': id,
      ...Object.fromEntries(statistics.map(({ name, value }) => [name, value])),
    },
    system_attrs: constraints.length > 0 ? { constraints } : {},
  };
}

function line(op_code: number, fields: object): string {
  return `${pythonJson({ op_code, worker_id: WORKER, ...fields })}\n`;
}

/** A time as Python writes it: with microseconds, and the zone. */
function isoOf(date: Date | null): string | null {
  return date === null ? null : date.toISOString().replace('Z', '000+00:00');
}

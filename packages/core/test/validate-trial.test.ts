import { describe, expect, test } from 'vitest';
import { InvalidDocumentError, InvalidResultError } from '../src/errors.js';
import type { NewTrial } from '../src/trials/trial.js';
import { trialId } from '../src/trials/trial-id.js';
import {
  checkObjective,
  checkResults,
  checkStatus,
  checkTrialChanges,
  newTrialRecord,
} from '../src/trials/validate-trial.js';

const params = [{ name: '/x', type: 'real', value: 0.5 }] as const;
const objective = { name: 'loss', type: 'objective', value: 1 } as const;

describe('a new trial', () => {
  test('gets every field, and the id that follows from its params', () => {
    expect(newTrialRecord({ experiment: 1, params }, 'given')).toStrictEqual({
      _id: 'given',
      id: '6e15ccc12f754526f73aaf21c4078521',
      experiment: 1,
      status: 'new',
      worker: null,
      submit_time: null,
      start_time: null,
      end_time: null,
      heartbeat: null,
      results: [],
      params: [{ name: '/x', type: 'real', value: 0.5 }],
      parent: null,
      exp_working_dir: null,
    });
  });

  test('keeps what it brings, but for an id of its own', () => {
    const finished = {
      _id: 7,
      id: 'mine',
      experiment: 'e',
      status: 'completed',
      worker: 'w',
      submit_time: new Date(1),
      start_time: new Date(2),
      end_time: new Date(3),
      heartbeat: new Date(4),
      results: [{ ...objective, value: Number.NEGATIVE_INFINITY }],
      params,
      parent: 'p',
      exp_working_dir: '/tmp',
      reservation: 'r',
    } as const;
    expect(newTrialRecord(finished, 'unused')).toStrictEqual({ ...finished, id: trialId(finished) });
  });

  test('shares nothing with what was given', () => {
    const given = { experiment: 1, params: [{ name: '/x', type: 'categorical' as const, value: [1] }] };
    const record = newTrialRecord(given, 'id');
    given.params[0]?.value.push(2);
    expect(record.params[0]?.value).toEqual([1]);
  });

  test.each<[string, object, string]>([
    ['no experiment', { params }, "needs both 'experiment' and 'params'"],
    ['no params', { experiment: 1 }, "needs both 'experiment' and 'params'"],
    ['an unknown field', { experiment: 1, params, nope: 1 }, 'trial.nope is no field of a trial'],
    [
      'a field named like a prototype',
      JSON.parse('{"__proto__":1}'),
      'trial.__proto__ is no field of a trial',
    ],
    [
      'an experiment that is NaN',
      { experiment: Number.NaN, params },
      'trial.experiment must be a string or a number',
    ],
    ['an _id that is null', { _id: null, experiment: 1, params }, 'trial._id must be'],
    ['a status null', { experiment: 1, params, status: null }, 'trial.status must be one of new, reserved'],
    [
      'a time that is no Date',
      { experiment: 1, params, end_time: '2024' },
      'trial.end_time must be a Date, not "2024"',
    ],
    ['params that are no array', { experiment: 1, params: {} }, 'trial.params must be an array'],
    [
      'a param type unknown',
      { experiment: 1, params: [{ ...params[0], type: 'nope' }] },
      'trial.params[0].type must be one of integer',
    ],
    [
      'a param with more',
      { experiment: 1, params: [{ ...params[0], extra: 1 }] },
      'trial.params[0].extra is unknown',
    ],
    [
      'a param with less',
      { experiment: 1, params: [{ name: 'a', type: 'real' }] },
      'trial.params[0].value is missing',
    ],
    [
      'a param without a name',
      { experiment: 1, params: [{ type: 'real', value: 1 }] },
      'trial.params[0].name must be a string',
    ],
    [
      'params that clash',
      {
        experiment: 1,
        params: [
          { ...params[0], name: 'a' },
          { ...params[0], name: 'a.b' },
        ],
      },
      "The param 'a.b' needs an object at 'a', where another put",
    ],
    [
      'a value that cannot be stored',
      { experiment: 1, params: [{ ...params[0], value: () => 1 }] },
      'trial.params[0].value is a function',
    ],
    ['no object at all', [], 'A trial must be an object'],
  ])('with %s is refused', (_name, trial, message) => {
    expect(() => newTrialRecord(trial as NewTrial, 'id')).toThrow(InvalidDocumentError);
    expect(() => newTrialRecord(trial as NewTrial, 'id')).toThrow(message);
  });

  test.each<[unknown, string]>([
    [
      [{ ...objective, value: Number.NaN }],
      'trial.results[0].value is an objective and must be a number, not NaN',
    ],
    [[objective, { ...objective, value: '1' }], 'trial.results[1].value is an objective'],
    [[{ ...objective, value: true }], 'trial.results[0].value is an objective'],
    [[{ ...objective, type: 'nope' }], 'trial.results[0].type must be one of objective'],
    [[{ name: 'a', type: 'statistic' }], 'trial.results[0].value is missing'],
    [null, 'trial.results must be an array'],
  ])('with the results %j is refused', (results, message) => {
    const trial = { experiment: 1, params, results } as unknown as NewTrial;
    expect(() => newTrialRecord(trial, 'id')).toThrow(InvalidResultError);
    expect(() => newTrialRecord(trial, 'id')).toThrow(message);
  });

  test('may have results without an objective', () => {
    const results = [{ name: 'a', type: 'statistic', value: [1] }] as const;
    expect(newTrialRecord({ experiment: 1, params, results }, 'id').results).toEqual(results);
  });
});

describe('pushed results', () => {
  test('are copied', () => {
    const results = [objective, { name: 'a', type: 'statistic', value: null }];
    expect(checkResults(results)).toStrictEqual(results);
    expect(checkResults(results)[0]).not.toBe(results[0]);
  });

  test.each([['none'], [[{ ...objective, value: null }]], [[objective, { ...objective, value: '1' }]]])(
    '%j are refused',
    (results) => {
      expect(() => checkResults(results)).toThrow(InvalidResultError);
    },
  );

  test('need an objective to complete a trial', () => {
    const statistic = { name: 'a', type: 'statistic', value: 1 } as const;
    expect(() => checkObjective([])).toThrow(InvalidResultError);
    expect(() => checkObjective([statistic])).toThrow(InvalidResultError);
    expect(() => checkObjective([statistic, objective])).not.toThrow();
  });
});

describe('changes to trials', () => {
  test.each([
    ['status', 'broken'],
    ['worker', null],
    ['heartbeat', new Date(0)],
    ['results', [objective]],
    ['params', params],
  ])('of %s to %j are allowed', (field, value) => {
    expect(() => checkTrialChanges([{ path: [field], value }])).not.toThrow();
  });

  test.each([
    [['status'], null, InvalidDocumentError, 'trial.status must be one of'],
    [['heartbeat'], 5, InvalidDocumentError, 'trial.heartbeat must be a Date'],
    [['nope'], 5, InvalidDocumentError, 'trial.nope is no field'],
    [['results'], [{ ...objective, value: 'x' }], InvalidResultError, 'trial.results[0].value'],
    [['results', '0', 'value'], 0.5, InvalidDocumentError, "set 'results' as a whole"],
    [['params', '0', 'type'], 'nope', InvalidDocumentError, "set 'params' as a whole"],
  ])('of %j to %j are refused', (path, value, errorClass, message) => {
    expect(() => checkTrialChanges([{ path, value }])).toThrow(errorClass);
    expect(() => checkTrialChanges([{ path, value }])).toThrow(message);
  });
});

test('a status is one of the six', () => {
  expect(checkStatus('suspended')).toBe('suspended');
  expect(() => checkStatus('moo')).toThrow('trial.status must be one of new, reserved, suspended');
});

import { describe, expect, test } from 'vitest';
import { InvalidDocumentError } from '../src/errors.js';
import type { Param, Result } from '../src/trials/trial.js';
import * as views from '../src/trials/trial-views.js';

const results: readonly Result[] = [
  { name: 'acc', type: 'statistic', value: 1 },
  { name: 'loss', type: 'objective', value: 0.5 },
  { name: 'loss2', type: 'objective', value: 0.25 },
  { name: 'c1', type: 'constraint', value: 1 },
  { name: 'c2', type: 'constraint', value: 2 },
  { name: 'g', type: 'gradient', value: [0.5, 1] },
];

test('results are found by their type, the first one where one is asked for', () => {
  expect(views.objective({ results })?.name).toBe('loss');
  expect(views.gradient({ results })?.value).toEqual([0.5, 1]);
  expect(views.lie({ results })).toBeUndefined();
  expect(views.constraints({ results }).map(({ name }) => name)).toEqual(['c1', 'c2']);
  expect(views.statistics({ results }).map(({ name }) => name)).toEqual(['acc']);
});

describe('the values of params', () => {
  function values(...params: [name: string, value: unknown][]): Record<string, unknown> {
    return views.paramValues({
      params: params.map(([name, value]): Param => ({ name, type: 'categorical', value })),
    });
  }

  test('are an object that dots in the names open up', () => {
    expect(values(['/lr', 0.1], ['net.depth', 2], ['net.act.name', 'relu'])).toStrictEqual({
      '/lr': 0.1,
      net: { depth: 2, act: { name: 'relu' } },
    });
    expect(values(['a..b', 1])).toStrictEqual({ a: { '': { b: 1 } } });
  });

  test('of one name: the last counts', () => {
    expect(values(['a.b', 2], ['a', 1])).toStrictEqual({ a: 1 });
    expect(values(['/x', 1], ['/x', 2])).toStrictEqual({ '/x': 2 });
  });

  test('that stand in each other’s way are refused', () => {
    expect(() => values(['a', 1], ['a.b', 2])).toThrow(InvalidDocumentError);
    expect(() => values(['a', 1], ['a.b', 2])).toThrow(
      "The param 'a.b' needs an object at 'a', where another put 1",
    );
  });

  test('that are objects take nested names without a change to the record', () => {
    const value = { c: 1 };
    expect(values(['a', value], ['a.b', 2])).toStrictEqual({ a: { c: 1, b: 2 } });
    expect(value).toEqual({ c: 1 });
  });

  test('may be named like a prototype', () => {
    expect(Object.entries(values(['__proto__.polluted', 1]))).toEqual([['__proto__', { polluted: 1 }]]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('the time a trial ran', () => {
  const at = (seconds: number): Date => new Date(seconds * 1000);

  test.each([
    ['from start to end', at(0), at(60), at(30), 60_000],
    ['to the last heartbeat where it has not ended', at(0), null, at(30), 30_000],
    ['nothing where it never started', null, at(5), at(5), 0],
    ['nothing where it gave no sign of life', at(0), null, null, 0],
  ])('is %s', (_name, start_time, end_time, heartbeat, duration) => {
    const trial = { start_time, end_time, heartbeat };
    expect(views.trialDuration(trial)).toBe(duration);
    expect(views.executionInterval(trial)).toEqual(
      duration > 0 ? [start_time, end_time ?? heartbeat] : undefined,
    );
  });
});

const trial = { experiment: 1, params: [{ name: '/x', type: 'real', value: 0.5 }] } as const;

test('the working directory is named after the trial, inside that of the experiment', () => {
  const named = '/some/path/6e15ccc12f754526f73aaf21c4078521';
  expect(views.trialWorkingDir({ ...trial, exp_working_dir: '/some/path' })).toBe(named);
  expect(views.trialWorkingDir({ ...trial, exp_working_dir: '/some/path/' })).toBe(named);
  expect(() => views.trialWorkingDir({ ...trial, exp_working_dir: null })).toThrow(/exp_working_dir/);
});

test('the legacy id depends on the experiment, the id does not', () => {
  expect(views.legacyTrialId(trial)).toBe('601ae55f4790d4d0a6ae6d418eb4bf92');
  expect(views.legacyTrialId({ ...trial, experiment: 2 })).toBe('98bf4520b144a074722ebfa891861685');
});

test('trials with one id are the same, whatever else differs', () => {
  const a = { ...trial, id: 'a', status: 'new' };
  expect(views.sameTrial(a, { ...a, status: 'broken' } as typeof a)).toBe(true);
  expect(views.sameTrial(a, { ...a, id: 'b' })).toBe(false);
});

import { StorageFullError } from 'trialbase';
import { expect, it } from 'vitest';
import { explain } from '../src/explain.js';

it('an error is explained by its code, and told in its own words without it', () => {
  const explanation = explain(new StorageFullError('There is no room'));
  expect(explanation.title).toBe('There is no room left for the search');
  expect(explanation.detail).toBe('There is no room');
});

it('an error of which a worker sent the message only is explained alike', () => {
  const error = new StorageFullError('There is no room');
  expect(explain(new Error(error.message))).toEqual(explain(error));
});

it('an error that nobody foresaw is told in its own words', () => {
  expect(explain(new TypeError('x is not a function')).detail).toBe('x is not a function');
  expect(explain('odd').detail).toBe('odd');
});

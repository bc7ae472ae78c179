import { expect, it } from 'vitest';
import { freeName } from '../src/free-name.js';

it.each([
  ['digits', ['digits'], 'digits-2'],
  ['digits-2', ['digits', 'digits-2'], 'digits-3'],
  ['digits-2', ['digits-2', 'digits-3'], 'digits-4'],
  ['mine', [], 'mine-2'],
])('after %s, where there are %j, comes %s', (name, taken, next) => {
  expect(freeName(name, taken)).toBe(next);
});

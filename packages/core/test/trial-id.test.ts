import { expect, test } from 'vitest';
import { InvalidDocumentError } from '../src/errors.js';
import type { ParamType } from '../src/trials/trial.js';
import { paramsText, trialId } from '../src/trials/trial-id.js';

function textOf(type: ParamType, value: unknown): string {
  return paramsText([{ name: '/x', type, value }]);
}

test.each<[ParamType, unknown, string]>([
  ['real', 1, '/x:1.0'],
  ['real', [1, { a: 2 }], "/x:[1.0, {'a': 2.0}]"],
  ['real', '1', '/x:1'],
  ['real', -0, '/x:-0.0'],
  ['integer', 1, '/x:1'],
  ['integer', -0, '/x:0'],
  ['integer', 1.5, '/x:1.5'],
  ['categorical', 1, '/x:1'],
  ['categorical', -0, '/x:-0.0'],
  ['categorical', 2 ** 60, '/x:1.152921504606847e+18'],
  ['fidelity', 27, '/x:27'],
])('in a param of type %s, %j is written %s', (type, value, text) => {
  expect(textOf(type, value)).toBe(text);
});

test.each([new Date(0), new Map(), new Uint8Array(1), undefined])('%s has no text in Python', (value) => {
  expect(() => textOf('categorical', value)).toThrow(InvalidDocumentError);
});

test('half of a surrogate pair has no id, for two of them would share one', () => {
  const half = (value: string) => ({
    experiment: 1,
    params: [{ name: '/x', type: 'categorical', value }] as const,
  });
  expect(() => trialId(half('\ud800'))).toThrow(InvalidDocumentError);
  expect(() => trialId(half('🎉'))).not.toThrow();
});

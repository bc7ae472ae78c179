import { expect, test } from 'vitest';
import { pythonRepr, pythonStr } from '../src/values/python-repr.js';
import { decoded, pythonTags, readVectors } from './vectors/read-vectors.js';
import { tally } from './vectors/tally.js';

type NumberVector = readonly [value: unknown, text: string, repr: string];

const vectors = await readVectors<NumberVector>('numbers');

test(`the ${vectors.length} recorded floats are written as Python writes them`, () => {
  expect(vectors.length).toBeGreaterThan(0);
  for (const [tagged, text, repr] of vectors) {
    const value = decoded(tagged, pythonTags);
    expect([pythonStr(value, 'float'), pythonRepr(value, 'float')]).toEqual([text, repr]);
  }
  tally('numbers', [['compared', vectors.length]]);
});

test.each([
  [1, '1'],
  [-1, '-1'],
  [0, '0'],
  [2 ** 53 - 1, '9007199254740991'],
  [2 ** 53, '9007199254740992.0'],
  [1e16, '1e+16'],
  [1.5, '1.5'],
  [-0, '-0.0'],
])('where whole numbers are ints, %d is written %s', (value, text) => {
  expect(pythonRepr(value, 'int')).toBe(text);
});

test.each([
  ["it's", `"it's"`],
  ['say "hi"', `'say "hi"'`],
  [`both ' and "`, `'both \\' and "'`],
  ['a\\b\n\r\t', "'a\\\\b\\n\\r\\t'"],
  ['\0\x1f\x7f\x85\xa0\xad\xff', "'\\x00\\x1f\\x7f\\x85\\xa0\\xad\xff'"],
  ['\u200b\u2028\u3000\ufeff\ue000\ud800', "'\\u200b\\u2028\\u3000\\ufeff\\ue000\\ud800'"],
  ['🎉\u{e0001}\u{10ffff}', "'🎉\\U000e0001\\U0010ffff'"],
  ['é日 本', "'é日 本'"],
])('inside a list, the string %j is written %s', (text, repr) => {
  expect(pythonRepr([text], 'int')).toBe(`[${repr}]`);
});

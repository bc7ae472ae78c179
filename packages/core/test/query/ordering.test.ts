import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { value } from '../../../../proof/src/query/arbitraries.js';
import type { Document } from '../../src/document.js';
import { arrange } from '../../src/query/arrange.js';
import {
  compareForSort,
  compareIds,
  compareSame,
  compareStrings,
  equalValues,
} from '../../src/query/order.js';
import { parseSort } from '../../src/query/parse-sort.js';

/** MongoDB's order of all values: each less than the next. */
const ascending: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  -1,
  0,
  0.5,
  Number.POSITIVE_INFINITY,
  '',
  'A',
  'a',
  'aa',
  'é',
  '\uffff',
  '\u{1f600}',
  {},
  { a: 1 },
  { a: 2 },
  { a: 2, b: 1 },
  { b: 1 },
  { a: 'x' },
  [],
  [1],
  [1, 0],
  [2],
  ['x'],
  [[1]],
  Uint8Array.of(),
  Uint8Array.of(9),
  Uint8Array.of(1, 1),
  Uint8Array.of(1, 2),
  false,
  true,
  new Date(0),
  new Date(1),
];

describe('the order of values', () => {
  it('is MongoDB’s', () => {
    ascending.forEach((a, i) => {
      ascending.forEach((b, j) => {
        expect(Math.sign(compareForSort(a, b)), `${String(a)} and ${String(b)}`).toBe(Math.sign(i - j));
      });
    });
  });

  it('is an order, and agrees with equality', () => {
    const run = fc.property(value, value, value, (a, b, c) => {
      expect(Math.sign(compareForSort(a, b))).toBe(-Math.sign(compareForSort(b, a)) + 0);
      expect(compareForSort(a, b) === 0).toBe(equalValues(a, b));
      if (compareForSort(a, b) <= 0 && compareForSort(b, c) <= 0) return compareForSort(a, c) <= 0;
      return true;
    });
    fc.assert(run, { numRuns: 2_000 });
  });

  it('of strings is that of their code points', () => {
    const points = (text: string) => Array.from(text, (point) => point.codePointAt(0) as number);
    const unit = fc.constantFrom('a', 'é', '\u{d7ff}', '\ue000', '\uffff', '\u{10000}', '\u{1f600}');
    const text = fc.string({ unit, maxLength: 4 });
    const run = fc.property(text, text, (a, b) => {
      expect(Math.sign(compareStrings(a, b))).toBe(Math.sign(compareForSort(points(a), points(b))));
    });
    fc.assert(run);
  });

  it.each([
    [1, '1'],
    [1, true],
    [null, 1],
    [Number.NaN, 1],
    [[], {}],
    [new Date(0), 0],
  ])('is none for $gt between %o and %o', (a, b) => {
    expect(compareSame(a, b)).toBeUndefined();
    expect(compareSame(b, a)).toBeUndefined();
  });

  it('takes a missing value for null', () => {
    expect(compareSame(undefined, null)).toBe(0);
    expect(equalValues(undefined, null)).toBe(true);
  });
});

describe('the order of ids', () => {
  it('is numbers by size, then strings by code unit', () => {
    const ids = ['b', 10, '\uffff', '\u{1f600}', -0.5, '10', 9, '', 'a'];
    expect(ids.sort(compareIds)).toEqual([-0.5, 9, 10, '', '10', 'a', 'b', '\u{1f600}', '\uffff']);
    expect(compareIds('a', 'a')).toBe(0);
  });
});

describe('documents found', () => {
  const found = (...ranks: unknown[]): Document[] =>
    ranks.map((rank, _id) => (rank === undefined ? { _id } : { _id, rank }));
  const ids = (documents: readonly Document[], sort: Record<string, 1 | -1>) =>
    arrange(documents, { sort: parseSort(sort) }).map(({ _id }) => _id);

  it.each<[string, unknown[], number[], number[]]>([
    ['numbers', [3, 1, 2], [1, 2, 0], [0, 2, 1]],
    ['ties by _id, both ways', [1, 0, 1, 0], [1, 3, 0, 2], [0, 2, 1, 3]],
    ['missing with null', [1, undefined, null], [1, 2, 0], [0, 1, 2]],
    ['an array by its least or its greatest', [5, [1, 9], 3], [1, 2, 0], [1, 0, 2]],
    ['an empty array before null', [null, [], 0], [1, 0, 2], [2, 0, 1]],
  ])('are sorted: %s', (_what, ranks, up, down) => {
    expect(ids(found(...ranks), { rank: 1 })).toEqual(up);
    expect(ids(found(...ranks), { rank: -1 })).toEqual(down);
  });

  it.each<[string, unknown[], string, number[]]>([
    ['into objects', [{ a: 2 }, { a: 1 }, {}], 'rank.a', [2, 1, 0]],
    ['into arrays of objects', [[{ a: 9 }, { a: 1 }], [{ a: 2 }]], 'rank.a', [0, 1]],
    [
      'into an element that is no object, which counts as null',
      [[{ a: 1 }, 5], [{ a: 0 }]],
      'rank.a',
      [0, 1],
    ],
    [
      'into positions',
      [
        [5, 1],
        [4, 2],
      ],
      'rank.0',
      [1, 0],
    ],
  ])('are sorted along a path %s', (_what, ranks, path, sorted) => {
    expect(ids(found(...ranks), { [path]: 1 })).toEqual(sorted);
  });

  it('are sorted by the first key, then by the next', () => {
    const documents = [
      { _id: 0, a: 1, b: 1 },
      { _id: 1, a: 0, b: 1 },
      { _id: 2, a: 1, b: 2 },
    ];
    expect(ids(documents, { a: -1, b: -1 })).toEqual([2, 0, 1]);
  });

  it('are skipped, limited and selected after they are sorted, and stay as they were', () => {
    const documents = found(3, 1, 2, 0);
    const fields = new Map([['rank', true as const]]);
    const selection = { kind: 'include', fields } as const;
    const options = { sort: parseSort({ rank: 1 }), skip: 1, limit: 2, selection };
    expect(arrange(documents, options)).toEqual([{ rank: 1 }, { rank: 2 }]);
    expect(documents).toEqual(found(3, 1, 2, 0));
    expect(arrange(documents, { skip: 3 })).toEqual([{ _id: 3, rank: 0 }]);
    expect(arrange(documents, { limit: 0 })).toEqual([]);
  });
});

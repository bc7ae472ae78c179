import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/document.js';
import { compile } from '../../src/query/compile.js';
import { parseQuery } from '../../src/query/parse.js';

type Row = readonly [document: Fields, query: unknown, matches: boolean];

const noon = new Date('2026-01-01T12:00:00Z');

const tables: Readonly<Record<string, readonly Row[]>> = {
  'a field equals': [
    [{ a: 1 }, { a: 1 }, true],
    [{ a: 1 }, { a: '1' }, false],
    [{ a: 1 }, { a: true }, false],
    [{ a: 0 }, { a: -0 }, true],
    [{ a: Number.NaN }, { a: Number.NaN }, true],
    [{ a: Number.NaN }, { a: { $in: [Number.NaN] } }, true],
    [{ a: -0 }, { a: { $in: [0] } }, true],
    [{ a: null }, { a: null }, true],
    [{}, { a: null }, true],
    [{}, { a: { $in: [null] } }, true],
    [{}, { a: { $ne: 1 } }, true],
    [{}, { a: { $nin: [1] } }, true],
    [{ a: 0 }, { a: null }, false],
    [{ a: noon }, { a: new Date(noon) }, true],
    [{ a: noon }, { a: noon.getTime() }, false],
    [{ a: noon }, { a: { $in: [1, new Date(noon)] } }, true],
    [{ a: noon.getTime() }, { a: { $in: [new Date(noon)] } }, false],
    [{ a: Uint8Array.of(1, 2) }, { a: Uint8Array.of(1, 2) }, true],
    [{ a: Uint8Array.of(1, 2) }, { a: [1, 2] }, false],
    [{ a: Uint8Array.of(1, 2) }, { a: { $in: [Uint8Array.of(1, 2)] } }, true],
  ],
  'a sub-document equals whole': [
    [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 2 } }, true],
    [{ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }, false],
    [{ a: { b: 1, c: 2 } }, { a: { b: 1 } }, false],
    [{ a: { b: 1 } }, { a: { $in: [{ b: 1 }] } }, true],
    [{ a: {} }, { a: [] }, false],
    [{ a: [{ value: 1.5, name: '/x' }] }, { a: [{ value: 1.5, name: '/x' }] }, true],
    [{ a: [{ name: '/x', value: 1.5 }] }, { a: [{ value: 1.5, name: '/x' }] }, false],
  ],
  'an array equals whole, or by an element': [
    [{ a: [1, 2] }, { a: [1, 2] }, true],
    [{ a: [1, 2] }, { a: [2, 1] }, false],
    [{ a: [1, 2] }, { a: 2 }, true],
    [{ a: [[1, 2]] }, { a: [1, 2] }, true],
    [{ a: [[1, 2]] }, { a: 1 }, false],
    [{ a: [1, 2] }, { a: { $in: [[1, 2]] } }, true],
    [{ a: [] }, { a: { $in: [[]] } }, true],
    [{ a: [1, 2] }, { a: { $ne: 1 } }, false],
    [{ a: [] }, { a: null }, false],
    [{ a: [null] }, { a: null }, true],
  ],
  'values of one type have an order': [
    [{ a: 2 }, { a: { $gt: 1 } }, true],
    [{ a: '2' }, { a: { $gt: 1 } }, false],
    [{ a: true }, { a: { $gt: 0 } }, false],
    [{ a: true }, { a: { $gt: false } }, true],
    [{ a: 'b' }, { a: { $gt: 'a', $lt: 'c' } }, true],
    [{ a: '\u{1f600}' }, { a: { $gt: '\uffff' } }, true],
    [{ a: '\uffff' }, { a: { $lt: '\u{1f600}' } }, true],
    [{ a: noon }, { a: { $lte: noon } }, true],
    [{ a: noon }, { a: { $lt: noon } }, false],
    [{ a: noon.getTime() }, { a: { $lte: noon } }, false],
    [{ a: Number.NaN }, { a: { $lt: 1 } }, false],
    [{ a: 1 }, { a: { $gte: Number.NaN } }, false],
    [{ a: Number.NaN }, { a: { $gte: Number.NaN } }, true],
    [{ a: Number.NaN }, { a: { $lte: Number.NaN } }, true],
    [{ a: Number.NaN }, { a: { $gt: Number.NaN } }, false],
    [{}, { a: { $gte: null } }, true],
    [{ a: null }, { a: { $lte: null } }, true],
    [{ a: null }, { a: { $gt: null } }, false],
    [{ a: null }, { a: { $lt: 1 } }, false],
    [{ a: [1, 5] }, { a: { $gt: 4 } }, true],
    [{ a: [1, 5] }, { a: { $gt: 4, $lt: 2 } }, true],
    [{ a: [1, 2] }, { a: { $gt: [1] } }, true],
    [{ a: [1, 2] }, { a: { $lt: [1, 'x'] } }, true],
    [{ a: { b: 2 } }, { a: { $gt: { b: 1 } } }, true],
    [{ a: { b: [] } }, { a: { $gt: { c: 9 } } }, true],
    [{ a: Uint8Array.of(9) }, { a: { $lt: Uint8Array.of(1, 1) } }, true],
  ],
  'a path leads on': [
    [{ a: { b: { c: 1 } } }, { 'a.b.c': 1 }, true],
    [{ a: 5 }, { 'a.b': null }, true],
    [{ a: noon }, { 'a.getTime': { $exists: true } }, false],
    [{ a: [{ b: 1 }, { b: 2 }] }, { 'a.b': 2 }, true],
    [{ a: [{ b: 1 }, { c: 2 }] }, { 'a.b': null }, true],
    [{ a: [{ b: [1, 2] }] }, { 'a.b': 2 }, true],
    [{ a: [1, 2] }, { 'a.b': null }, false],
    [{ a: [] }, { 'a.b': null }, false],
    [{ a: [] }, { 'a.b': { $exists: false } }, true],
    [{ a: [5, 6] }, { 'a.1': 6 }, true],
    [{ a: [5, 6] }, { 'a.01': 6 }, false],
    [{ a: [5, 6] }, { 'a.2': null }, false],
    [{ a: [5, 6] }, { 'a.length': { $exists: true } }, false],
    [{ a: [{ b: 1 }, { b: 2 }] }, { 'a.1.b': 2 }, true],
    [{ a: [{ b: 1 }, { b: 2 }] }, { 'a.1.b': 1 }, false],
    [{ a: [{ 1: 'x' }] }, { 'a.1': 'x' }, true],
    [{ a: { 0: 'x' } }, { 'a.0': 'x' }, true],
    [{ a: [[1, 2]] }, { 'a.0': [1, 2] }, true],
    [{ a: [[1, 2]] }, { 'a.0': 1 }, false],
    [{ a: [[1, 2]] }, { 'a.0.1': 2 }, true],
    [{ a: [[{ b: 1 }]] }, { 'a.b': 1 }, false],
    [{ a: [[{ b: 1 }]] }, { 'a.0.b': 1 }, true],
    [{ '': 1 }, { '': 1 }, true],
    [{ a: { '': 1 } }, { 'a.': 1 }, true],
  ],
  'a field exists or is of a type': [
    [{ a: null }, { a: { $exists: true } }, true],
    [{}, { a: { $exists: false } }, true],
    [{}, { a: { $exists: 0 } }, true],
    [{ a: [{ b: 1 }, {}] }, { 'a.b': { $exists: false } }, false],
    [{ a: [{ b: 1 }, {}] }, { 'a.b': { $exists: true } }, true],
    [{}, { a: { $type: 'null' } }, false],
    [{ a: null }, { a: { $type: 10 } }, true],
    [{ a: 1 }, { a: { $type: 'int' } }, true],
    [{ a: 2 ** 31 }, { a: { $type: 'int' } }, false],
    [{ a: 2 ** 31 }, { a: { $type: 'long' } }, true],
    [{ a: 0.5 }, { a: { $type: 1 } }, true],
    [{ a: Number.NaN }, { a: { $type: 'double' } }, true],
    [{ a: 2 ** 60 }, { a: { $type: 'double' } }, true],
    [{ a: true }, { a: { $type: 'number' } }, false],
    [{ a: 'x' }, { a: { $type: ['bool', 'string'] } }, true],
    [{ a: [1, 'x'] }, { a: { $type: 'string' } }, true],
    [{ a: [] }, { a: { $type: 'array' } }, true],
    [{ a: noon }, { a: { $type: 'object' } }, false],
    [{ a: noon }, { a: { $type: 'date' } }, true],
    [{ a: Uint8Array.of() }, { a: { $type: 'binData' } }, true],
  ],
  'an array is asked about': [
    [{ a: [1, 2, 3] }, { a: { $all: [1, 3] } }, true],
    [{ a: [1, 2] }, { a: { $all: [1, 3] } }, false],
    [{ a: 1 }, { a: { $all: [1] } }, true],
    [{ a: [1] }, { a: { $all: [] } }, false],
    [{ a: [[1]] }, { a: { $all: [[1]] } }, true],
    [{}, { a: { $all: [null] } }, true],
    [{ a: ['xy', 'z'] }, { a: { $all: [/^x/, 'z'] } }, true],
    [
      { a: [{ b: 1 }, { b: 5 }] },
      { a: { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { b: { $gt: 4 } } }] } },
      true,
    ],
    [{ a: [{ b: 1 }] }, { a: { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { b: 5 } }] } }, false],
    [{ a: [1, 2] }, { a: { $size: 2 } }, true],
    [{ a: [[1], [2]] }, { a: { $size: 1 } }, false],
    [{ a: 'xy' }, { a: { $size: 2 } }, false],
    [{ a: [{ b: [1] }] }, { 'a.b': { $size: 1 } }, true],
    [{ a: [1, 5] }, { a: { $elemMatch: { $gt: 4, $lt: 2 } } }, false],
    [{ a: [1, 5] }, { a: { $elemMatch: { $gt: 4, $lt: 6 } } }, true],
    [{ a: [[5]] }, { a: { $elemMatch: { $gt: 4 } } }, false],
    [{ a: [[5]] }, { a: { $elemMatch: { $elemMatch: { $gt: 4 } } } }, true],
    [{ a: 5 }, { a: { $elemMatch: { $gt: 4 } } }, false],
    [{ a: [{ b: 1, c: 1 }] }, { a: { $elemMatch: { b: 1, c: 1 } } }, true],
    [{ a: [{ b: 1 }, { c: 1 }] }, { a: { $elemMatch: { b: 1, c: 1 } } }, false],
    [{ a: [5] }, { a: { $elemMatch: { b: null } } }, false],
    [{ a: [{}] }, { a: { $elemMatch: { b: null } } }, true],
    [{ a: [5] }, { a: { $elemMatch: {} } }, false],
    [{ a: [[5]] }, { a: { $elemMatch: { 0: 5 } } }, true],
    [{ a: [[5]] }, { a: { $elemMatch: { length: 1 } } }, false],
    [{ a: [{ b: 1 }] }, { a: { $elemMatch: { $or: [{ b: 1 }, { b: 2 }] } } }, true],
    [{ a: [1] }, { a: { $elemMatch: { $ne: 1 } } }, false],
    [{ a: [1] }, { a: { $not: { $elemMatch: { $gt: 1 } } } }, true],
  ],
  'a number leaves a remainder': [
    [{ a: 7 }, { a: { $mod: [4, 3] } }, true],
    [{ a: -7 }, { a: { $mod: [4, -3] } }, true],
    [{ a: 7.9 }, { a: { $mod: [4.9, 3.1] } }, true],
    [{ a: -0.5 }, { a: { $mod: [4, 0] } }, true],
    [{ a: '8' }, { a: { $mod: [4, 0] } }, false],
    [{ a: Number.NaN }, { a: { $mod: [4, 0] } }, false],
    [{ a: Number.POSITIVE_INFINITY }, { a: { $mod: [4, 0] } }, false],
    [{ a: [3, 8] }, { a: { $mod: [4, 0] } }, true],
  ],
  'a string has a pattern': [
    [{ a: 'Abc' }, { a: { $regex: '^abc$', $options: 'i' } }, true],
    [{ a: 'Abc' }, { a: { $options: 'i', $regex: '^abc$' } }, true],
    [{ a: 'Abc' }, { a: { $regex: /^abc$/, $options: 'i' } }, true],
    [{ a: 'Abc' }, { a: /^a/ }, false],
    [{ a: 'Abc' }, { a: /^a/i }, true],
    [{ a: 'Abc' }, { a: { $in: ['x', /^A/] } }, true],
    [{ a: 'x' }, { a: { $in: ['x', /^A/] } }, true],
    [{ a: 'Abc' }, { a: { $nin: ['x', /^A/] } }, false],
    [{ a: 'Abc' }, { a: { $not: /^A/ } }, false],
    [{}, { a: { $not: /^A/ } }, true],
    [{ a: 5 }, { a: { $regex: '5' } }, false],
    [{ a: ['x', 'yes'] }, { a: { $regex: '^y' } }, true],
    [{ a: 'x\ny' }, { a: { $regex: '^y', $options: 'm' } }, true],
    [{ a: 'x\ny' }, { a: { $regex: 'x.y', $options: 's' } }, true],
    [{ a: '\u{1f600}' }, { a: { $regex: '^.$', $options: 'u' } }, true],
  ],
  'conditions are combined': [
    [{ a: 1, b: 2 }, { a: 1, b: 2 }, true],
    [{ a: 1, b: 2 }, { $and: [{ a: 1 }, { b: 3 }] }, false],
    [{ a: 1, b: 2 }, { $or: [{ a: 2 }, { b: 2 }] }, true],
    [{ a: 1, b: 2 }, { $nor: [{ a: 2 }, { b: 2 }] }, false],
    [{ a: 1 }, { a: { $not: { $gt: 1 } } }, true],
    [{ a: 1 }, { a: { $not: { $not: { $gt: 0 } } } }, true],
    [{ a: 1, b: 2, c: 3, d: 4 }, { a: 1, b: 2, c: 3, d: 5 }, false],
    [{ a: 1, b: 2, c: 3, d: 4 }, { a: 1, b: 2, c: 3, d: 4 }, true],
    [{ a: 1 }, {}, true],
    [{ a: 1 }, null, true],
    [{ a: 1 }, undefined, true],
  ],
  'names of objects are data': [
    [{}, { constructor: { $exists: true } }, false],
    [{}, { toString: null }, true],
    [{}, { 'a.constructor.name': { $exists: true } }, false],
    [{ a: {} }, { 'a.constructor.name': 'Object' }, false],
    [{ a: {} }, { 'a.__proto__': { $exists: true } }, false],
    [{ a: [] }, { 'a.constructor': { $exists: true } }, false],
    [{ hasOwnProperty: 1 }, { hasOwnProperty: 1 }, true],
    [JSON.parse('{"__proto__": {"a": 1}}'), JSON.parse('{"__proto__": {"a": 1}}'), true],
    [JSON.parse('{"__proto__": {"a": 1}}'), { '__proto__.a': 1 }, true],
    [{}, JSON.parse('{"__proto__": {"a": 1}}'), false],
    [{ a: {} }, { a: JSON.parse('{"__proto__": {}}') }, false],
    [{ $: 1 }, { $: 1 }, true],
    [{ a: { $: 1 } }, { a: { $: 1 } }, true],
    [{ a: { $gt: 1 } }, { 'a.$gt': 1 }, true],
  ],
};

describe.each(Object.entries(tables))('%s', (_name, rows) => {
  it.each(rows)('%o: %o is %s', (document, query, matches) => {
    expect(compile(parseQuery(query))(document)).toBe(matches);
  });
});

describe('a compiled query', () => {
  it('looks up a value among half a million', () => {
    const meets = compile(parseQuery({ a: { $in: Array.from({ length: 500_000 }, (_, i) => `id-${i}`) } }));
    const start = performance.now();
    for (let i = 0; i < 100_000; i++) meets({ a: `id-${i * 9}` });
    // Comparing one by one would take minutes.
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(meets({ a: 'id-499999' })).toBe(true);
    expect(meets({ a: 'id-500000' })).toBe(false);
  });

  it('looks up an object, an array or bytes among many, by what they equal', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => [
      { i, list: [i] },
      [i],
      Uint8Array.of(i, i >> 8, i >> 16),
    ]);
    const meets = compile(
      parseQuery({ a: { $in: [...many.flat(), { n: Number.NaN, zero: 0, day: noon }] } }),
    );
    for (let i = 0; i < 20_000; i++) meets({ a: { i, list: [i, i] } });
    expect(meets({ a: { i: 99_999, list: [99_999] } })).toBe(true);
    expect(meets({ a: { list: [99_999], i: 99_999 } })).toBe(false);
    expect(meets({ a: [[5]] })).toBe(true);
    expect(meets({ a: Uint8Array.of(1, 1, 0) })).toBe(true);
    expect(meets({ a: { n: Number.NaN, zero: -0, day: new Date(noon) } })).toBe(true);
    expect(meets({ a: { n: null, zero: 0, day: noon } })).toBe(false);
    expect(meets({ a: [BigInt64Array.of(1n)] })).toBe(false);
  });

  it('answers the same each time, whatever flags its pattern had', () => {
    const meets = compile(parseQuery({ a: /x/g }));
    expect([1, 2, 3].map(() => meets({ a: 'x' }))).toEqual([true, true, true]);
  });

  it('stays as it is when the query object is changed', () => {
    const query = { a: { $in: [[1]] }, b: { c: [noon, Uint8Array.of(1)] } };
    const meets = compile(parseQuery(query));
    query.a.$in[0]?.push(2);
    query.b.c[0] = new Date(0);
    (query.b.c[1] as Uint8Array)[0] = 7;
    expect(meets({ a: [1], b: { c: [noon, Uint8Array.of(1)] } })).toBe(true);
  });

  it('stays as it is when a Buffer in the query is changed', () => {
    const bytes = Buffer.from([1]);
    const meets = compile(parseQuery({ a: bytes }));
    bytes[0] = 7;
    expect(meets({ a: Uint8Array.of(1) })).toBe(true);
  });
});

import { isDeepStrictEqual } from 'node:util';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidDocumentError } from '../src/errors.js';
import { snapshot, storable } from '../src/values/values.js';
import { nested, storableValues } from './storable-values.js';

describe.each([
  ['storable', (value: unknown) => storable(value, 'value')],
  ['snapshot', snapshot],
])('%s', (_name, copy) => {
  test('gives an equal copy that shares nothing with the original', () => {
    fc.assert(
      fc.property(storableValues, (value) => {
        const copied = copy(value);
        expect(isDeepStrictEqual(copied, value)).toBe(true);
        const original = new Set(objectsIn(value));
        expect(objectsIn(copied).filter((object) => original.has(object))).toEqual([]);
      }),
    );
  });

  test('keeps an own __proto__ as data', () => {
    const copied = copy(JSON.parse('{"__proto__":{"polluted":[1]}}')) as object;
    expect(Object.keys(copied)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(copied)).toBe(Object.prototype);
  });

  test('copies a Buffer as a plain Uint8Array of its own bytes', () => {
    const buffer = Buffer.from('abcdef').subarray(2, 4);
    const copied = copy(buffer) as Uint8Array;
    expect(Object.getPrototypeOf(copied)).toBe(Uint8Array.prototype);
    expect([...copied]).toEqual([99, 100]);
    expect(copied.buffer.byteLength).toBe(2);
  });
});

test('a property that is undefined is left out', () => {
  const copied = storable({ a: undefined, b: { c: undefined, d: 1 } }, 'value');
  expect(copied).toStrictEqual({ b: { d: 1 } });
});

test('a getter is read once, and stored as its value', () => {
  let reads = 0;
  const value = {
    get rank() {
      reads += 1;
      return reads;
    },
  };
  expect(storable(value, 'value')).toStrictEqual({ rank: 1 });
});

test('symbol keys and properties that are not enumerable do not count', () => {
  const value = Object.defineProperty({ a: 1, [Symbol('s')]: () => 0 }, 'hidden', { value: () => 0 });
  expect(storable(value, 'value')).toStrictEqual({ a: 1 });
});

test('plain values of another realm and objects without a prototype are stored as plain ones', () => {
  const foreign = runInNewContext(
    '({ a: [new Date(5)], m: new Map([[1, new Set([2])]]), b: new Uint8Array([1]) })',
  );
  expect(storable(foreign, 'value')).toStrictEqual({
    a: [new Date(5)],
    m: new Map([[1, new Set([2])]]),
    b: new Uint8Array([1]),
  });
  expect(storable(Object.assign(Object.create(null), { a: 1 }), 'value')).toStrictEqual({ a: 1 });
});

class Point {
  readonly x = 1;
}

const cyclic: { name: string; children: unknown[] } = { name: 'root', children: [] };
cyclic.children.push({ parent: cyclic });

describe('what cannot be stored is refused by path', () => {
  test.each<[string, unknown, string]>([
    ['a function', { params: [1, 2, { value: () => 1 }] }, 'trial.params[2].value is a function'],
    ['a symbol', [Symbol('s')], 'trial[0] is a symbol'],
    ['a bigint', { a: 1n }, 'trial.a is a bigint'],
    ['undefined in an array', { a: [1, undefined] }, 'trial.a[1] is undefined'],
    ['a hole in an array', { a: Object.assign([], { 1: 2 }) }, 'trial.a[0] is undefined'],
    ['undefined itself', undefined, 'trial is undefined'],
    ['an invalid date', { at: new Date(Number.NaN) }, 'trial.at is an invalid Date'],
    ['a class instance', { at: new Point() }, 'trial.at is an instance of Point'],
    [
      'a nameless class instance',
      {
        at: new (class {
          readonly x = 1;
        })(),
      },
      'trial.at is an instance of a class without a name',
    ],
    ['a regular expression', { at: /a/ }, 'trial.at is an instance of RegExp'],
    ['a promise', { at: Promise.resolve() }, 'trial.at is an instance of Promise'],
    ['a DataView', { at: new DataView(new ArrayBuffer(1)) }, 'trial.at is a DataView'],
    ['a false Date', { at: Object.create(Date.prototype) }, 'trial.at is an instance of Date'],
    ['a false Map', { at: Object.create(Map.prototype) }, 'trial.at is an instance of Map'],
    ['a function in a Map', new Map([['k', [() => 0]]]), 'trial.get("k")[0] is a function'],
    ['a function in a Set', [new Set([1, () => 0])], 'trial[0][1] is a function'],
    ['a cycle', { tree: cyclic }, 'trial.tree.children[0].parent is a cycle back to trial.tree,'],
    ['201 levels', nested(201), `trial${'[0]'.repeat(200)} is something nested more than 200 levels deep`],
  ])('%s', (_name, value, message) => {
    expect(() => storable(value, 'trial')).toThrow(InvalidDocumentError);
    expect(() => storable(value, 'trial')).toThrow(message);
  });

  test('while 200 levels are stored', () => {
    expect(storable(nested(200), 'value')).toStrictEqual(nested(200));
  });

  test('and a value that occurs twice is no cycle', () => {
    const shared = { a: 1 };
    expect(storable([shared, shared], 'value')).toStrictEqual([{ a: 1 }, { a: 1 }]);
  });
});

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  if (value instanceof Map) return [value, ...[...value].flat().flatMap(objectsIn)];
  if (value instanceof Set) return [value, ...[...value].flatMap(objectsIn)];
  if (ArrayBuffer.isView(value)) return [value, value.buffer];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

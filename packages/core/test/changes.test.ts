import { describe, expect, it } from 'vitest';
import { applyChanges, parseChanges } from '../src/changes.js';
import type { Fields } from '../src/document.js';
import { InvalidDocumentError } from '../src/errors.js';

describe('changes', () => {
  it.each<[before: Fields, changes: Fields, after: Fields]>([
    [{}, { a: 1 }, { a: 1 }],
    [{ a: { b: 1, c: 2 } }, { 'a.b': 3 }, { a: { b: 3, c: 2 } }],
    [{ a: { b: 1, c: 2 } }, { 'a.b': 3, 'a.c': 4, 'a.d': 5 }, { a: { b: 3, c: 4, d: 5 } }],
    [{}, { 'a.b.c': 1, 'a.b.d': 2 }, { a: { b: { c: 1, d: 2 } } }],
    [{ a: [1, 2] }, { 'a.1': 3 }, { a: [1, 3] }],
    [{ a: [1] }, { 'a.3': 4 }, { a: [1, null, null, 4] }],
    [{ a: [1] }, { 'a.1': 2, 'a.2': 3 }, { a: [1, 2, 3] }],
    [{ a: [{ b: 1 }] }, { 'a.0.b': 2, 'a.1.b': 3 }, { a: [{ b: 2 }, { b: 3 }] }],
    [{ a: [[1]] }, { 'a.0.0': 2 }, { a: [[2]] }],
    [{ a: {} }, { 'a.0': 1 }, { a: { 0: 1 } }],
    [{ a: 5 }, { a: null }, { a: null }],
    [{ a: 1 }, { '': 2, 'b.': 3 }, { a: 1, '': 2, b: { '': 3 } }],
    [
      { a: 1, ab: 2 },
      { a: 3, ab: 4 },
      { a: 3, ab: 4 },
    ],
  ])('of %j by %j make %j', (before, changes, after) => {
    const untouched = structuredClone(before);
    expect(applyChanges(before, parseChanges(changes))).toEqual(after);
    expect(before).toEqual(untouched);
  });

  it('share what they do not touch with the old document', () => {
    const before = { a: { b: { c: 1 }, d: { e: 1 } }, f: [{ g: 1 }, { h: 1 }], i: {} };
    const after = applyChanges(before, parseChanges({ 'a.b.c': 2, 'f.1.h': 2 }));
    expect(after.a.d).toBe(before.a.d);
    expect(after.f[0]).toBe(before.f[0]);
    expect(after.i).toBe(before.i);
    expect(after.a.b).not.toBe(before.a.b);
    expect(before).toEqual({ a: { b: { c: 1 }, d: { e: 1 } }, f: [{ g: 1 }, { h: 1 }], i: {} });
  });

  it('keep the value given, also where it is set in two documents, and never change it', () => {
    const value = { b: 1 };
    const first = applyChanges({}, parseChanges({ a: value }));
    const second = applyChanges(first, parseChanges({ 'a.b': 2 }));
    expect(first).toEqual({ a: { b: 1 } });
    expect(second).toEqual({ a: { b: 2 } });
    expect(value).toEqual({ b: 1 });
  });

  it.each<[before: Fields, changes: Fields, path: string]>([
    [{ a: 5 }, { 'a.b': 1 }, 'a.b'],
    [{ a: null }, { 'a.b': 1 }, 'a.b'],
    [{ a: 'text' }, { 'a.0': 1 }, 'a.0'],
    [{ a: new Date() }, { 'a.b': 1 }, 'a.b'],
    [{ a: Uint8Array.of(1) }, { 'a.0': 1 }, 'a.0'],
    [{ a: [1] }, { 'a.b': 1 }, 'a.b'],
    [{ a: [1] }, { 'a.-1': 1 }, 'a.-1'],
    [{ a: [1] }, { 'a.01': 1 }, 'a.01'],
    [{ a: [1] }, { 'a.length': 1 }, 'a.length'],
    [{ a: [1] }, { 'a.__proto__': 1 }, 'a.__proto__'],
    [{ a: [1] }, { 'a.0.b': 1 }, 'a.0.b'],
    [{ a: [] }, { 'a.100001': 1 }, 'a.100001'],
    [{ a: [] }, { 'a.99999999999.b': 1 }, 'a.99999999999.b'],
    [{ a: { b: 5 } }, { 'a.b.c.d': 1 }, 'a.b'],
  ])('of %j by %j are refused', (before, changes, path) => {
    const untouched = structuredClone(before);
    const apply = () => applyChanges(before, parseChanges(changes));
    expect(apply).toThrow(InvalidDocumentError);
    expect(apply).toThrow(path);
    expect(before).toEqual(untouched);
  });

  it.each<[changes: unknown, names: string]>([
    [null, 'null'],
    [[], 'object'],
    ['a', '"a"'],
    [{ $set: { a: 1 } }, '$set'],
    [{ 'a.$': 1 }, 'a.$'],
    [{ 'a.$[].b': 1 }, 'a.$[].b'],
    [{ _id: 1 }, '_id'],
    [{ '_id.x': 1 }, '_id.x'],
    [{ a: 1, 'a.b': 2 }, 'a.b'],
    [{ 'a.b.c': 1, 'a.b': 2 }, 'a.b'],
    [{ 'a.b.c': 1, a: 2 }, 'a'],
    [{ ['a.'.repeat(101)]: 1 }, '100 steps'],
  ])('%j are refused before anything is written', (changes, names) => {
    expect(() => parseChanges(changes)).toThrow(InvalidDocumentError);
    expect(() => parseChanges(changes)).toThrow(names);
  });

  it('that are undefined change nothing', () => {
    expect(parseChanges({ a: undefined, b: 1 })).toEqual([{ path: ['b'], value: 1 }]);
  });

  it('take the names of objects for data', () => {
    const before = JSON.parse('{"__proto__": {"x": 1}, "b": {}}') as Fields;
    const changes = parseChanges({ '__proto__.polluted': 1, 'b.__proto__.polluted': 2, 'c.constructor': 3 });
    const after = applyChanges(before, changes);
    expect(JSON.stringify(after)).toBe(
      '{"__proto__":{"x":1,"polluted":1},"b":{"__proto__":{"polluted":2}},"c":{"constructor":3}}',
    );
    expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
    expect(JSON.stringify(before)).toBe('{"__proto__":{"x":1},"b":{}}');
  });

  it('take no longer for each where there are many below one field', () => {
    const changes = parseChanges(Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`a.f${i}`, i])));
    const start = performance.now();
    const after = applyChanges({ a: {} }, changes);
    // Copying the field for each change would take many seconds.
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(Object.keys(after.a)).toHaveLength(5_000);
  });
});

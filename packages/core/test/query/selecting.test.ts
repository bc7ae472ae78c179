import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/document.js';
import { parseSelection } from '../../src/query/parse-selection.js';
import { select } from '../../src/query/select.js';

const document: Fields = {
  z: 1,
  _id: 7,
  a: { x: 1, y: { z: 2, w: null } },
  list: [1, { x: 1, y: 2 }, [{ x: 3 }, 4], { y: 5 }],
};

const table: readonly (readonly [selection: unknown, selected: Fields])[] = [
  [{ z: 1 }, { z: 1, _id: 7 }],
  [{ z: true, _id: 0 }, { z: 1 }],
  [{ _id: 1 }, { _id: 7 }],
  [{ _id: 0 }, { z: 1, a: document['a'], list: document['list'] }],
  [
    { z: 0, list: 0 },
    { _id: 7, a: document['a'] },
  ],
  [
    { z: 0, list: false, _id: 1 },
    { _id: 7, a: document['a'] },
  ],
  [{ z: 0, list: 0, _id: 0 }, { a: document['a'] }],
  [{ absent: 1, 'z.below': 1 }, { _id: 7 }],
  [{ 'a.y.z': 1 }, { _id: 7, a: { y: { z: 2 } } }],
  [{ a: { y: { z: 1 }, x: 1 } }, { _id: 7, a: { x: 1, y: { z: 2 } } }],
  [{ a: { 'y.z': 1 } }, { _id: 7, a: { y: { z: 2 } } }],
  [{ 'a.absent': 1 }, { _id: 7, a: {} }],
  [
    { 'a.y.z': 0, list: 0 },
    { z: 1, _id: 7, a: { x: 1, y: { w: null } } },
  ],
  [{ 'list.x': 1 }, { _id: 7, list: [{ x: 1 }, [{ x: 3 }], {}] }],
  [
    { 'list.x': 0, a: 0 },
    { z: 1, _id: 7, list: [1, { y: 2 }, [{}, 4], { y: 5 }] },
  ],
  [{ 'list.1': 1 }, { _id: 7, list: [{}, [{}], {}] }],
];

describe('a selection', () => {
  it.each(table)('%j selects %j, in the order of the document', (query, selected) => {
    const result = select(document, parseSelection(query) as never);
    expect(result).toEqual(selected);
    expect(Object.keys(result)).toEqual(Object.keys(document).filter((key) => key in result));
  });

  it.each([null, undefined, {}])('%j selects whole documents', (query) => {
    expect(parseSelection(query)).toBeUndefined();
  });

  it('takes the names of objects for data', () => {
    const hostile = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2, "b": 3}') as Fields;
    const selection = parseSelection(JSON.parse('{"__proto__.a": 1, "constructor": 1, "toString": 1}'));
    expect(JSON.stringify(select(hostile, selection as never))).toBe('{"__proto__":{"a":1},"constructor":2}');
  });
});

import { type Document, decode, type Effect, encode } from '@trialbase/core/adapter';
import { describe, expect, it } from 'vitest';
import { readEffects, writtenEffects } from '../src/effect-text.js';

function put(document: Document): Effect {
  return { kind: 'put', collection: 'trials', document };
}

const withPrototypeField = JSON.parse('{"_id":8,"__proto__":1}') as Document;

const effects: readonly Effect[] = [
  put({ _id: 1, a: 1 }),
  put({ _id: 2, a: 2 }),
  put({ _id: 3, a: [{ b: null }] }),
  put({ a: 1, _id: 4 }),
  { kind: 'put', collection: 'benchmarks', document: { a: 1, _id: 5 } },
  put({ _id: 10, start: new Date(1), end: null, mixed: new Date(2), none: null }),
  put({ _id: 11, start: new Date(-1), end: new Date(3), mixed: 4, none: null }),
  put({ _id: 6 }),
  { kind: 'set', collection: 'trials', id: 6, fields: { a: new Date(0) } },
  put({ _id: 7 }),
  put(withPrototypeField),
  put(withPrototypeField),
  { kind: 'remove', collection: 'trials', id: 1 },
];

describe('effects', () => {
  it('are read as they were written', () => {
    expect(readEffects(decode(encode(writtenEffects(effects))))).toStrictEqual(effects);
  });

  it('name the fields once that documents in a row have in common', () => {
    const [rows, ...rest] = writtenEffects(effects.slice(0, 3));
    expect(rest).toEqual([]);
    expect(rows).toEqual([
      'rows',
      'trials',
      ['_id', 'a'],
      [],
      [
        [1, 1],
        [2, 2],
        [3, [{ b: null }]],
      ],
    ]);
  });

  it('say once which fields hold dates, and write these as milliseconds', () => {
    expect(writtenEffects(effects.slice(5, 7))).toEqual([
      [
        'rows',
        'trials',
        ['_id', 'start', 'end', 'mixed', 'none'],
        ['start', 'end'],
        [
          [10, 1, null, new Date(2), null],
          [11, -1, 3, 4, null],
        ],
      ],
    ]);
  });

  it.each([
    ['a row too short', /lacks what it needs/, ['rows', 'trials', ['_id', 'a'], [], [[1]]]],
    ['a row without an _id', /lacks what it needs/, ['rows', 'trials', ['a'], [], [[1]]]],
    [
      'a prototype for a field',
      /lacks what it needs/,
      ['rows', 'trials', ['_id', '__proto__'], [], [[1, {}]]],
    ],
    ['no rows', /lacks what it needs/, ['rows', 'trials', ['_id'], [], 1]],
    ['no list of dates', /lacks what it needs/, ['rows', 'trials', ['_id'], [[1]]]],
    ['a text for a date', /lacks what it needs/, ['rows', 'trials', ['_id', 'a'], ['a'], [[1, 'now']]]],
    ['a date beyond all days', /lacks what it needs/, ['rows', 'trials', ['_id', 'a'], ['a'], [[1, 1e16]]]],
    ['a date in no field', /lacks what it needs/, ['rows', 'trials', ['_id'], ['a'], [[1]]]],
    ['an unknown collection', /the collection "moo"/, ['rows', 'moo', ['_id'], [], [[1]]]],
  ])('with %s are refused', (_what, message, written) => {
    expect(() => readEffects([written])).toThrow(message);
    expect(() => readEffects([['remove', 'trials', 1], written])).toThrow(message);
  });
});

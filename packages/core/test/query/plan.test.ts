import { describe, expect, it } from 'vitest';
import { everything } from '../../src/query/condition.js';
import { parseQuery } from '../../src/query/parse.js';
import { type Access, plan } from '../../src/query/plan.js';
import { type Collection, schema } from '../../src/schema.js';

function planned(collection: Collection, query: Record<string, unknown>): Access | undefined {
  return plan(parseQuery(query), schema[collection]);
}

describe('the planner', () => {
  it.each([
    ['_id before all else', { _id: 'a', experiment: 'e', id: 'x' }, ['_id']],
    ['a unique key before an index', { status: 'new', experiment: 'e', id: 'x' }, ['experiment', 'id']],
    ['the index with the most fields', { experiment: 'e', status: 'new' }, ['experiment', 'status']],
    ['an index whose other fields are not asked for', { experiment: 'e', worker: 'w' }, ['experiment']],
    [
      'an index by a list of values',
      { experiment: 'e', status: { $in: ['new', 'broken'] } },
      ['experiment', 'status'],
    ],
    ['an index inside $and', { $and: [{ experiment: 'e' }, { status: 'new' }] }, ['experiment', 'status']],
  ])('uses %s', (_, query, fields) => {
    expect(planned('trials', query)?.fields).toEqual(fields);
  });

  it.each([
    ['no field of an index is fixed', { worker: 'w' }],
    ['only the second field of an index is fixed', { status: 'new' }],
    ['the field is in an $or', { $or: [{ experiment: 'e' }, { worker: 'w' }] }],
    ['the field must differ', { experiment: { $ne: 'e' } }],
    ['the field is compared with what is no key', { experiment: { a: 1 } }],
    ['one of the values is no key', { experiment: { $in: ['e', [1]] } }],
    ['a path leads into the field', { 'experiment.name': 'e' }],
  ])('uses none where %s', (_, query) => {
    expect(planned('trials', query)).toBeUndefined();
  });

  it('has nothing left to test where strings fix every field', () => {
    expect(planned('trials', { experiment: 'e', status: { $in: ['new', 'broken'] } })?.rest).toBe(everything);
  });

  it('has nothing left to test where numbers do, but 0 and 1, which are the keys of false and true', () => {
    for (const experiment of [2, -1, 1e15])
      expect(planned('trials', { experiment, status: 'new' })?.rest).toBe(everything);
    for (const experiment of [0, 1, false, true, null])
      expect(planned('trials', { experiment, status: 'new' })?.rest).toEqual(parseQuery({ experiment }));
    expect(planned('trials', { experiment: { $in: [2, true] } })?.rest).not.toBe(everything);
  });

  it('leaves to be tested what an index does not tell', () => {
    expect(planned('trials', { experiment: 'e', worker: 'w' })?.rest).toEqual(parseQuery({ worker: 'w' }));
    expect(planned('experiments', { name: 'e', version: 1 })?.rest).toEqual(parseQuery({ version: 1 }));
  });

  it('looks each key up once', () => {
    const keys = planned('experiments', { name: { $in: ['e', 'e'] }, version: { $in: [1, true, 2] } })?.keys;
    expect(keys).toEqual([
      ['e', 1],
      ['e', 2],
    ]);
  });

  const half = Array.from({ length: 500_000 }, (_, i) => `${i}`);

  it.each([
    ['the documents than half a million keys', 'trials', { _id: { $in: half } }, undefined],
    ['those of another index', 'trials', { experiment: 'e', id: { $in: half } }, ['experiment']],
    [
      'them than each of many with each of many',
      'experiments',
      { name: { $in: half }, version: { $in: half } },
      undefined,
    ],
  ] as const)('rather reads %s', (_, collection, query, fields) => {
    expect(planned(collection, query)?.fields).toEqual(fields);
  });

  it('takes any number of conditions', () => {
    const $and = [...half.map((worker) => ({ worker })), { experiment: 'e' }];
    expect(planned('trials', { $and })?.rest).toMatchObject({ conditions: { length: 500_000 } });
  });
});

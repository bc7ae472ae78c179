import { describe, expect, it } from 'vitest';
import type { FindOptions, OpenDatabase, Selection, SelectionTree, Sort } from '../../database.js';
import { everything } from '../../query/condition.js';
import { parseQuery } from '../../query/parse.js';
import { type DatabaseConnector, eachOnItsOwn } from '../connectors.js';
import { insert, trial, update } from './steps.js';

const byRank: Sort = [{ path: ['rank'], descending: false }];

/** Sorting, one row a case: the values of `rank` as they are stored, and as MongoDB orders them. */
const sortedRanks: readonly (readonly [what: string, sorted: readonly unknown[]])[] = [
  ['numbers', [Number.NEGATIVE_INFINITY, -3, 0, 0.5, 2, 10, Number.POSITIVE_INFINITY]],
  ['strings, by code point', ['', 'A', 'B', 'a', 'aa', 'b', 'é', '\uffff', '\u{1f600}']],
  ['dates', [new Date(-1), new Date(0), new Date('2024-01-01')]],
  ['null before numbers before strings before dates', [null, 5, 'five', new Date(5)]],
];

export function describeOrder(connector: DatabaseConnector): void {
  describe('order, limits and selections', () => {
    const connect = eachOnItsOwn(connector);

    it('finds documents in the order of their _id: numbers first, then strings', async () => {
      const database = await connect();
      const ids = ['b', 10, 'a', 9, 'B', 1.5, '10', -1, 'ä'];
      await database.write([
        insert(
          'trials',
          ids.map((_id, i) => trial(_id, { id: `trial ${i}` })),
        ),
      ]);
      expect(await idsOf(await connect())).toEqual([-1, 1.5, 9, 10, '10', 'B', 'a', 'b', 'ä']);
    });

    it('keeps that order among documents found by an index', async () => {
      const database = await connect();
      await database.write([
        insert(
          'trials',
          [3, 1, 2].map((_id) => trial(_id)),
        ),
      ]);
      await database.write([update('trials', { _id: 3 }, { status: 'suspended' })]);
      await database.write([update('trials', { _id: 1 }, { status: 'suspended' })]);
      const waiting = parseQuery({ experiment: 1, status: { $in: ['suspended', 'new'] } });
      expect((await database.find('trials', waiting)).map(({ _id }) => _id)).toEqual([1, 2, 3]);
    });

    it.each(sortedRanks)('sorts %s', async (_what, sorted) => {
      const database = await connect();
      const ranks = sorted.map((rank, i) => trial(-i, { rank }));
      await database.write([insert('trials', ranks)]);
      const found = await database.find('trials', everything, { sort: byRank });
      expect(found.map(({ rank }) => rank)).toEqual(sorted);
    });

    it('sorts a missing field first, and breaks ties by _id', async () => {
      const database = await connect();
      await database.write([
        insert('trials', [trial(4, { rank: 1 }), trial(3), trial(2, { rank: 1 }), trial(1)]),
      ]);
      expect(await idsOf(database, { sort: byRank })).toEqual([1, 3, 2, 4]);
    });

    it('sorts by several keys, each its own way, along paths', async () => {
      const database = await connect();
      const at = (_id: number, a: number, b: number) => trial(_id, { by: { a, b } });
      await database.write([insert('trials', [at(1, 1, 1), at(2, 2, 1), at(3, 1, 2), at(4, 2, 2)])]);
      const sort: Sort = [
        { path: ['by', 'a'], descending: true },
        { path: ['by', 'b'], descending: false },
      ];
      expect(await idsOf(database, { sort })).toEqual([2, 4, 1, 3]);
    });

    it('leaves out the first, and stops at the limit, also in another order', async () => {
      const database = await connect();
      await database.write([
        insert(
          'trials',
          [1, 2, 3, 4, 5].map((_id) => trial(_id, { rank: -_id })),
        ),
      ]);
      expect(await idsOf(database, { limit: 2 })).toEqual([1, 2]);
      expect(await idsOf(database, { skip: 3 })).toEqual([4, 5]);
      expect(await idsOf(database, { skip: 1, limit: 3 })).toEqual([2, 3, 4]);
      expect(await idsOf(database, { skip: 1, limit: 3, sort: byRank })).toEqual([4, 3, 2]);
      expect(await idsOf(database, { skip: 9 })).toEqual([]);
      expect(await idsOf(database, { limit: 0 })).toEqual([]);
    });

    it('returns the fields that a selection names, or all but those', async () => {
      const database = await connect();
      await database.write([
        insert('trials', [trial(1, { rank: 2, deep: { a: 1, b: 2 }, list: [{ a: 1, b: 2 }] })]),
      ]);
      const a = fields(['a', true]);
      const include: Selection = { kind: 'include', fields: fields(['rank', true]) };
      const nested: Selection = { kind: 'include', fields: fields(['_id', true], ['deep', a], ['list', a]) };
      const unlisted = fields(['status', true], ['deep', a], ['list', true]);
      const exclude: Selection = { kind: 'exclude', fields: unlisted };
      expect(await database.find('trials', everything, { selection: include })).toEqual([{ rank: 2 }]);
      expect(await database.find('trials', everything, { selection: nested })).toEqual([
        { _id: 1, deep: { a: 1 }, list: [{ a: 1 }] },
      ]);
      expect(await database.find('trials', everything, { selection: exclude })).toEqual([
        { _id: 1, experiment: 1, id: 'trial 1', rank: 2, deep: { b: 2 } },
      ]);
    });

    it('sorts by fields that are not selected', async () => {
      const database = await connect();
      await database.write([insert('trials', [trial(1, { rank: 2 }), trial(2, { rank: 1 })])]);
      const selection: Selection = { kind: 'include', fields: fields(['id', true]) };
      expect(await database.find('trials', everything, { sort: byRank, selection })).toEqual([
        { id: 'trial 2' },
        { id: 'trial 1' },
      ]);
    });

    it('keeps collections apart', async () => {
      const database = await connect();
      await database.write([insert('trials', [trial(1)]), insert('benchmarks', [{ _id: 1, name: 'b' }])]);
      expect(await database.find('benchmarks', everything)).toEqual([{ _id: 1, name: 'b' }]);
      expect(await database.find('experiments', everything)).toEqual([]);
      expect(await database.count('trials', everything)).toBe(1);
    });
  });
}

async function idsOf(database: OpenDatabase, options?: FindOptions): Promise<unknown[]> {
  return (await database.find('trials', everything, options)).map(({ _id }) => _id);
}

function fields(...entries: [field: string, selected: true | SelectionTree][]): SelectionTree {
  return new Map(entries);
}

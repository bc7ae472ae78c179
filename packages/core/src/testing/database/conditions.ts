import { beforeAll, describe, expect, it } from 'vitest';
import type { Database, OpenDatabase } from '../../database.js';
import type { Document, Id } from '../../document.js';
import { everything } from '../../query/condition.js';
import { parseQuery } from '../../query/parse.js';
import type { Query } from '../../storage-protocol.js';
import { allInOnePlace, type DatabaseConnector, eachOnItsOwn } from '../connectors.js';
import { insert, remove, update } from './steps.js';

const day = (date: number): Date => new Date(Date.UTC(2024, 0, date));

const result = (name: string, type: string, value: number): object => ({ name, type, value });

const documents: readonly Document[] = [
  {
    _id: 1,
    id: 'a',
    experiment: 1,
    status: 'new',
    rank: 1,
    tags: ['x', 'y'],
    at: day(1),
    deep: { a: 1, b: [1, { c: 3 }] },
  },
  { _id: 2, id: 'b', experiment: 1, status: 'reserved', rank: 2.5, tags: [], at: day(2), deep: { a: 'one' } },
  { _id: 3, id: 'c', experiment: 2, status: 'new', rank: null, tags: ['y'], at: null, deep: null },
  {
    _id: 4,
    id: 'd',
    experiment: 2,
    status: 'completed',
    rank: 'high',
    results: [result('loss', 'objective', 0.5), result('time', 'statistic', 10)],
  },
  {
    _id: 5,
    id: 'e',
    experiment: '1',
    status: 'completed',
    rank: -3,
    results: [result('loss', 'objective', 2), result('time', 'statistic', 0.1)],
  },
  { _id: '6', id: 'f', status: null, rank: Number.NaN, bytes: Uint8Array.of(1, 2) },
  { _id: '7', id: 'g', experiment: null, rank: Number.POSITIVE_INFINITY, flag: true, matrix: [[1, 2], [3]] },
];

/** Queries with the `_id`s of the documents they find. The meaning is MongoDB's; those on key fields may be served by an index. */
const queries: readonly (readonly [query: Query, found: readonly Id[]])[] = [
  [{}, [1, 2, 3, 4, 5, '6', '7']],
  [{ _id: 3 }, [3]],
  [{ _id: '3' }, []],
  [{ _id: { $in: ['7', 1, 99] } }, [1, '7']],
  [{ _id: { $gt: 3 } }, [4, 5]],
  [{ experiment: 1 }, [1, 2]],
  [{ experiment: '1' }, [5]],
  [{ experiment: 1, status: 'new' }, [1]],
  [{ experiment: 1, status: { $in: ['reserved', 'new', 'moo'] } }, [1, 2]],
  [{ experiment: { $in: [2, '1'] }, status: 'completed' }, [4, 5]],
  [{ experiment: { $in: [] } }, []],
  [{ experiment: null }, ['6', '7']],
  [{ experiment: { $in: [2, null] } }, [3, 4, '6', '7']],
  [{ experiment: { $exists: false } }, ['6']],
  [{ experiment: { $ne: 1 } }, [3, 4, 5, '6', '7']],
  [{ experiment: { $gt: 0 } }, [1, 2, 3, 4]],
  [{ experiment: 1, id: 'b' }, [2]],
  [{ experiment: 1, id: 'c' }, []],
  [{ experiment: null, id: 'f' }, ['6']],
  [{ status: null }, ['6', '7']],
  [{ status: { $nin: ['new', 'completed'] } }, [2, '6', '7']],
  [{ experiment: 1, $or: [{ status: 'new' }, { rank: { $gt: 2 } }] }, [1, 2]],
  [{ $or: [{ experiment: 2 }, { rank: 1 }] }, [1, 3, 4]],
  [{ $and: [{ experiment: 1 }, { rank: { $gt: 1 } }] }, [2]],
  [{ $nor: [{ experiment: 1 }, { status: 'completed' }] }, [3, '6', '7']],
  [{ rank: { $eq: 2.5 } }, [2]],
  [{ rank: Number.NaN }, ['6']],
  [{ rank: null }, [3]],
  [{ rank: { $gt: 0 } }, [1, 2, '7']],
  [{ rank: { $gte: 2.5, $lt: Number.POSITIVE_INFINITY } }, [2]],
  [{ rank: { $lte: -3 } }, [5]],
  [{ rank: { $gte: 'a' } }, [4]],
  [{ rank: { $not: { $gt: 0 } } }, [3, 4, 5, '6']],
  [{ rank: { $mod: [2, 1] } }, [1]],
  [{ rank: { $type: 'number' } }, [1, 2, 5, '6', '7']],
  [{ rank: { $type: 'null' } }, [3]],
  [{ at: day(1) }, [1]],
  [{ at: { $gte: day(2) } }, [2]],
  [{ at: { $type: 'date' } }, [1, 2]],
  [{ bytes: Uint8Array.of(1, 2) }, ['6']],
  [{ bytes: { $type: 'binData' } }, ['6']],
  [{ flag: true }, ['7']],
  [{ flag: 1 }, []],
  [{ tags: 'y' }, [1, 3]],
  [{ tags: ['y'] }, [3]],
  [{ tags: { $all: ['y', 'x'] } }, [1]],
  [{ tags: { $size: 0 } }, [2]],
  [{ tags: { $elemMatch: { $gt: 'x' } } }, [1, 3]],
  [{ 'tags.0': 'x' }, [1]],
  [{ matrix: [1, 2] }, ['7']],
  [{ 'deep.a': 1 }, [1]],
  [{ 'deep.b.c': 3 }, [1]],
  [{ 'deep.b.1.c': 3 }, [1]],
  [{ 'deep.a': null }, [3, 4, 5, '6', '7']],
  [{ deep: { a: 'one' } }, [2]],
  [{ deep: { a: 1 } }, []],
  [{ 'results.value': { $lt: 0.2 } }, [5]],
  [{ results: { $elemMatch: { type: 'objective', value: { $lt: 1 } } } }, [4]],
  [{ id: { $regex: '^[a-c]' } }, [1, 2, 3]],
  [{ id: { $regex: '^G$', $options: 'i' } }, ['7']],
  [{ id: { $gt: 'c', $lt: 'f' } }, [4, 5]],
];

export function describeConditions(connector: DatabaseConnector): void {
  describe('conditions', () => {
    const connect = allInOnePlace(connector);
    let database: OpenDatabase;
    beforeAll(async () => {
      database = await connect();
      await fill(database);
    });

    it.each(named(queries))('%s finds %j', async (_name, found, query) => {
      const where = parseQuery(query);
      expect((await database.find('trials', where)).map(({ _id }) => _id)).toEqual(found);
      expect(await database.count('trials', where)).toBe(found.length);
    });
  });

  describe('conditions of writes', () => {
    const connect = eachOnItsOwn(connector);
    const filled = async (): Promise<OpenDatabase> => {
      const database = await connect();
      await fill(database);
      return database;
    };

    it('mean the same in an update and in a removal', async () => {
      const database = await filled();
      for (const [query, found] of queries) {
        const [changed] = await database.write([update('trials', query, { seen: true })]);
        expect(
          changed.map(({ _id }) => _id),
          JSON.stringify(query),
        ).toEqual(found);
        const [removed] = await database.write([remove('trials', query)]);
        expect(removed, JSON.stringify(query)).toBe(found.length);
        await database.write([remove('trials', {}), insert('trials', structuredClone(documents))]);
      }
      expect(await database.count('trials', everything)).toBe(documents.length);
    });

    it('follow the documents as they change', async () => {
      const database = await filled();
      await database.write([
        update('trials', { _id: 1 }, { experiment: 2, status: 'completed' }),
        remove('trials', { _id: 4 }),
      ]);
      const completed = parseQuery({ experiment: 2, status: 'completed' });
      expect((await database.find('trials', completed)).map(({ _id }) => _id)).toEqual([1]);
      expect(await database.count('trials', parseQuery({ experiment: 1 }))).toBe(1);
    });
  });
}

async function fill(database: Database): Promise<void> {
  await database.write([insert('trials', structuredClone(documents))]);
}

function named(table: typeof queries): [name: string, found: readonly Id[], query: Query][] {
  return table.map(([query, found]) => [describeQuery(query), found, query]);
}

function describeQuery(query: Query): string {
  return JSON.stringify(query, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}

import { describe, expect, it } from 'vitest';
import type { Database } from '../../database.js';
import { DuplicateKeyError } from '../../errors.js';
import { parseQuery } from '../../query/parse.js';
import { type DatabaseConnector, eachOnItsOwn } from '../connectors.js';
import { insert, remove, set, trial, update } from './steps.js';

/** A trial of an experiment whose `_id` is a text, as those that the storage makes are. */
function of(experiment: string, _id: number, status: unknown = 'new') {
  return trial(_id, { experiment, status });
}

/** How many trials an experiment has of each status, and altogether. */
async function countsOf(database: Database, experiment: string): Promise<Readonly<Record<string, number>>> {
  const statuses = ['new', 'reserved', 'completed'];
  const [together, all, ...each] = await Promise.all(
    [{ status: { $in: statuses } }, {}, ...statuses.map((status) => ({ status }))].map((query) =>
      database.count('trials', parseQuery({ experiment, ...query })),
    ),
  );
  expect(together).toBe(each.reduce((sum, count) => sum + count));
  return { all: all ?? 0, ...Object.fromEntries(statuses.map((status, i) => [status, each[i] ?? 0])) };
}

export function describeCounting(connector: DatabaseConnector): void {
  describe('counting by experiment and status', () => {
    const connect = eachOnItsOwn(connector);

    it('gives 0 where there is nothing, of an experiment that is not there too', async () => {
      const database = await connect();
      const none = { all: 0, new: 0, reserved: 0, completed: 0 };
      expect(await countsOf(database, 'e')).toEqual(none);
      await database.write([insert('trials', [of('e', 1)])]);
      expect(await countsOf(database, 'f')).toEqual(none);
    });

    it('follows trials through their lives, of each experiment by itself, in every connection', async () => {
      const [database, other] = [await connect(), await connect()];
      await database.write([insert('trials', [of('e', 1), of('e', 2), of('f', 3), of('e', 4)])]);
      await other.write([update('trials', { experiment: 'e' }, { status: 'reserved' }, { limit: 2 })]);
      await database.write([update('trials', { _id: 2 }, { status: 'completed', rank: 1 })]);
      await other.write([update('trials', { _id: 2 }, { rank: 2 })]);
      for (const connection of [database, other]) {
        expect(await countsOf(connection, 'e')).toEqual({ all: 3, new: 1, reserved: 1, completed: 1 });
        expect(await countsOf(connection, 'f')).toEqual({ all: 1, new: 1, reserved: 0, completed: 0 });
      }
    });

    it('leaves out duplicates that were not stored', async () => {
      const database = await connect();
      await database.write([insert('trials', [of('e', 1)])]);
      await database.write([insert('trials', [of('e', 1), of('e', 2), of('e', 2), of('f', 1)], 'skip')]);
      expect(await countsOf(database, 'e')).toMatchObject({ all: 2, new: 2 });
      expect(await countsOf(database, 'f')).toMatchObject({ all: 0 });
    });

    it('knows nothing of a write that was refused', async () => {
      const database = await connect();
      await database.write([insert('trials', [of('e', 1), of('e', 2)])]);
      const refused = database.write([
        update('trials', { _id: 1 }, { status: 'completed' }),
        remove('trials', { _id: 2 }),
        insert('trials', [of('e', 3), of('f', 4), of('e', 1)]),
      ]);
      await expect(refused).rejects.toThrow(DuplicateKeyError);
      expect(await countsOf(database, 'e')).toEqual({ all: 2, new: 2, reserved: 0, completed: 0 });
      expect(await countsOf(database, 'f')).toMatchObject({ all: 0 });
    });

    it('follows all steps of a write, the other update where none matches, and a change of the experiment', async () => {
      const database = await connect();
      const otherwise = { where: parseQuery({ experiment: 'e' }), changes: set({ status: 'completed' }) };
      await database.write([
        insert('trials', [of('e', 1), of('e', 2), of('e', 3)]),
        update('trials', { status: 'reserved' }, { rank: 1 }, { otherwise, limit: 2 }),
        update('trials', { status: 'completed' }, { status: 'new' }, { otherwise, limit: 1 }),
        update('trials', { _id: 3 }, { experiment: 'f' }),
        remove('trials', { _id: 2 }),
        insert('trials', [of('e', 2, 'reserved')]),
      ]);
      expect(await countsOf(database, 'e')).toEqual({ all: 2, new: 1, reserved: 1, completed: 0 });
      expect(await countsOf(database, 'f')).toEqual({ all: 1, new: 1, reserved: 0, completed: 0 });
    });

    it('forgets what is removed, one by one or all at once', async () => {
      const database = await connect();
      await database.write([insert('trials', [of('e', 1), of('e', 2, 'completed'), of('e', 3), of('f', 4)])]);
      await database.write([remove('trials', { _id: 1 })]);
      expect(await countsOf(database, 'e')).toEqual({ all: 2, new: 1, reserved: 0, completed: 1 });
      await database.write([remove('trials', { experiment: 'e' })]);
      expect(await countsOf(database, 'e')).toEqual({ all: 0, new: 0, reserved: 0, completed: 0 });
      expect(await countsOf(database, 'f')).toMatchObject({ all: 1 });
      await database.write([insert('trials', [of('e', 1)])]);
      expect(await countsOf(database, 'e')).toEqual({ all: 1, new: 1, reserved: 0, completed: 0 });
    });

    it('takes whatever there is for a status and for an experiment', async () => {
      const database = await connect();
      const values = [null, 1, true, 2, -1.5, Number.NaN, new Date(5), '__proto__', 'constructor'];
      await database.write([
        insert(
          'trials',
          values.flatMap((value, i) => [of('e', i, value), trial(i + 10, { experiment: value })]),
        ),
      ]);
      expect(await countsOf(database, 'e')).toMatchObject({ all: 9, new: 0 });
      const counts = values.map((status) =>
        database.count('trials', parseQuery({ experiment: 'e', status })),
      );
      expect(await Promise.all(counts)).toEqual(values.map(() => 1));
      const ofEach = values.map((experiment) => database.count('trials', parseQuery({ experiment })));
      expect(await Promise.all(ofEach)).toEqual(values.map(() => 1));
    });
  });
}

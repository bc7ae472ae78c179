import { describe, expect, it } from 'vitest';
import type { Database } from '../../database.js';
import { errorCode } from '../../errors.js';
import { everything } from '../../query/condition.js';
import { type DatabaseConnector, eachOnItsOwn, takingTurns } from '../connectors.js';
import { insert, remove, trial, update } from './steps.js';

export function describeRaces(connector: DatabaseConnector): void {
  describe('races between two connections', () => {
    const connect = eachOnItsOwn(connector);

    it('each sees at once what the other has written', async () => {
      const database = await takingTurns(connect);
      for (let i = 0; i < 10; i++) {
        await database(i).write([insert('trials', [trial(i)])]);
        expect(await database(i + 1).count('trials', everything)).toBe(i + 1);
        await database(i).write([update('trials', { _id: i }, { rank: i })]);
        expect((await database(i + 1).find('trials', everything)).at(-1)).toEqual(trial(i, { rank: i }));
      }
      await database(1).write([remove('trials', { _id: 0 })]);
      expect(await database(0).count('trials', everything)).toBe(9);
    });

    it('never reserve the same document twice', async () => {
      const database = await takingTurns(connect);
      const ids = Array.from({ length: 30 }, (_, i) => i);
      await database(0).write([
        insert(
          'trials',
          ids.map((_id) => trial(_id)),
        ),
      ]);
      const workers = Array.from({ length: 40 }, (_, i) => i);
      const where = { experiment: 1, status: 'new' };
      const reserve = (worker: number) =>
        database(worker).write([update('trials', where, { status: 'reserved', worker }, { limit: 1 })]);
      const outcomes = await Promise.all(workers.map(reserve));
      const taken = outcomes.flatMap(([documents]) => documents.map(({ _id }) => _id));
      expect(taken).toHaveLength(30);
      expect(new Set(taken)).toEqual(new Set(ids));
      const stored = await database(1).find('trials', everything);
      expect(new Set(stored.map(({ worker }) => worker)).size).toBe(30);
    });

    it('let one of many inserts of the same key win', async () => {
      const database = await takingTurns(connect);
      const create = (_id: number) =>
        database(_id).write([insert('experiments', [{ _id, name: 'e', version: 1 }])]);
      const settled = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => create(i)));
      const failed = settled.filter((outcome) => outcome.status === 'rejected');
      expect(failed).toHaveLength(19);
      expect(new Set(failed.map(({ reason }) => errorCode(reason)))).toEqual(new Set(['duplicate-key']));
      const stored = await database(0).find('experiments', everything);
      expect(stored).toHaveLength(1);
      expect(await database(1).find('experiments', everything)).toEqual(stored);
    });

    it('lose no update: a counter raised by compare-and-set is exact', async () => {
      const database = await takingTurns(connect);
      await database(0).write([insert('algo', [{ _id: 1, experiment: 1, n: 0 }])]);
      await Promise.all(Array.from({ length: 20 }, (_, i) => raise(database(i))));
      expect(await database(1).find('algo', everything)).toEqual([{ _id: 1, experiment: 1, n: 20 }]);
    });

    it('never show half of a write', async () => {
      const database = await takingTurns(connect);
      await database(0).write([insert('trials', [trial(1, { n: 0 }), trial(2, { n: 0 })])]);
      const write = async () => {
        for (let n = 1; n <= 25; n++) {
          await database(0).write([update('trials', { _id: 1 }, { n }), update('trials', { _id: 2 }, { n })]);
        }
      };
      const read = async () => {
        for (;;) {
          const [first, second] = await database(1).find('trials', everything);
          expect(first?.['n']).toBe(second?.['n']);
          if (first?.['n'] === 25) return;
        }
      };
      await Promise.all([write(), read()]);
    });
  });
}

async function raise(database: Database): Promise<void> {
  for (;;) {
    const [document] = await database.find('algo', everything);
    const n = document?.['n'] as number;
    const [changed] = await database.write([update('algo', { n }, { n: n + 1 })]);
    if (changed.length === 1) return;
  }
}

import { describe, expect, it } from 'vitest';
import { DuplicateKeyError } from '../../errors.js';
import { everything } from '../../query/condition.js';
import { parseQuery } from '../../query/parse.js';
import { type DatabaseConnector, eachOnItsOwn } from '../connectors.js';
import { insert, remove, set, trial, update } from './steps.js';

export function describeWriting(connector: DatabaseConnector): void {
  describe('writing', () => {
    const connect = eachOnItsOwn(connector);

    it('answers each step: documents inserted, documents as they now stand, how many removed', async () => {
      const database = await connect();
      const outcomes = await database.write([
        insert('trials', [trial(2), trial(1)]),
        update('trials', { experiment: 1 }, { rank: 1 }),
        update('trials', { experiment: 9 }, { rank: 2 }),
        remove('trials', { _id: 2 }),
        remove('trials', { _id: 2 }),
      ]);
      expect(outcomes).toEqual([
        [trial(2), trial(1)],
        [trial(1, { rank: 1 }), trial(2, { rank: 1 })],
        [],
        1,
        0,
      ]);
      expect(await (await connect()).find('trials', everything)).toEqual([trial(1, { rank: 1 })]);
    });

    it('takes no steps at all, and steps without documents or changes', async () => {
      const database = await connect();
      expect(await database.write([])).toEqual([]);
      expect(await database.write([insert('trials', [])])).toEqual([[]]);
      await database.write([insert('trials', [trial(1)])]);
      expect(await database.write([update('trials', {}, {})])).toEqual([[trial(1)]]);
    });

    it('shows each step what the steps before it have done', async () => {
      const database = await connect();
      await database.write([insert('trials', [trial(1)])]);
      const outcomes = await database.write([
        update('trials', { _id: 1 }, { status: 'reserved' }),
        update('trials', { experiment: 1, status: 'reserved' }, { rank: 1 }),
        update('trials', { experiment: 1, status: 'new' }, { rank: 2 }),
        remove('trials', { experiment: 1, status: 'reserved' }),
        insert('trials', [trial(1, { again: true })]),
      ]);
      expect(outcomes).toEqual([
        [trial(1, { status: 'reserved' })],
        [trial(1, { status: 'reserved', rank: 1 })],
        [],
        1,
        [trial(1, { again: true })],
      ]);
      expect(await (await connect()).find('trials', everything)).toEqual([trial(1, { again: true })]);
    });

    it('stores all steps or none, whichever of them fails', async () => {
      const database = await connect();
      const before = [trial(1, { rank: { deep: 1 } }), trial(2), trial(3)];
      await database.write([insert('trials', structuredClone(before))]);
      const failing = database.write([
        insert('experiments', [{ _id: 1, name: 'e', version: 1 }]),
        insert('trials', [trial(4)]),
        update('trials', { _id: { $in: [1, 4] } }, { 'rank.deep': 2, status: 'reserved' }),
        remove('trials', { _id: 2 }),
        insert('algo', [{ _id: 1, experiment: 1 }]),
        insert('trials', [trial(3)]),
      ]);
      await expect(failing).rejects.toThrow(DuplicateKeyError);
      for (const connection of [database, await connect()]) {
        expect(await connection.find('trials', everything)).toEqual(before);
        expect(await connection.count('trials', parseQuery({ experiment: 1, status: 'reserved' }))).toBe(0);
        expect(await connection.find('experiments', everything)).toEqual([]);
        expect(await connection.find('algo', everything)).toEqual([]);
      }
      // The keys that the failed write had taken and freed are as they were, too.
      await expect(database.write([insert('trials', [{ ...trial(9), id: 'trial 2' }])])).rejects.toThrow(
        DuplicateKeyError,
      );
      await database.write([
        insert('experiments', [{ _id: 2, name: 'e', version: 1 }]),
        insert('trials', [trial(4)]),
      ]);
    });

    it('changes no more documents than the limit says: the first ones by _id', async () => {
      const database = await connect();
      await database.write([
        insert(
          'trials',
          [3, 1, 2].map((_id) => trial(_id)),
        ),
      ]);
      const reserve = update('trials', { status: 'new' }, { status: 'reserved' }, { limit: 1 });
      const reserved = [];
      for (let i = 0; i < 4; i++)
        reserved.push(...(await database.write([reserve]))[0].map(({ _id }) => _id));
      expect(reserved).toEqual([1, 2, 3]);
    });

    it('does the other update where none matches, and only then', async () => {
      const database = await connect();
      await database.write([insert('trials', [trial(1), trial(2, { status: 'reserved', worker: 'w' })])]);
      const otherwise = {
        where: parseQuery({ status: 'new' }),
        changes: set({ status: 'reserved', worker: 'v' }),
      };
      const ownOrNew = (worker: string) =>
        update('trials', { status: 'reserved', worker }, { beat: true }, { limit: 1, otherwise });
      expect(await database.write([ownOrNew('w')])).toEqual([
        [trial(2, { status: 'reserved', worker: 'w', beat: true })],
      ]);
      expect(await database.write([ownOrNew('v')])).toEqual([
        [trial(1, { status: 'reserved', worker: 'v' })],
      ]);
      expect(await database.write([ownOrNew('v')])).toEqual([
        [trial(1, { status: 'reserved', worker: 'v', beat: true })],
      ]);
      expect(await database.write([ownOrNew('x')])).toEqual([[]]);
    });

    it('hands out documents that are the caller’s: changing them changes nothing in the store', async () => {
      const database = await connect();
      const stored = { list: [{ a: 1 }], at: new Date(0), bytes: Uint8Array.of(1) };
      const spoil = (document: unknown) => {
        const spoilt = document as { rank?: number; list: { a: number }[]; at: Date; bytes: Uint8Array };
        spoilt.rank = 1;
        spoilt.list.push({ a: 3 });
        if (spoilt.list[0]) spoilt.list[0].a = 2;
        spoilt.at.setTime(1);
        spoilt.bytes[0] = 2;
      };
      const [[inserted]] = await database.write([insert('trials', [trial(1, structuredClone(stored))])]);
      spoil(inserted);
      const [[updated]] = await database.write([update('trials', { _id: 1 }, { more: true })]);
      spoil(updated);
      const [found] = await database.find('trials', everything);
      spoil(found);
      expect(await database.find('trials', everything)).toEqual([trial(1, { ...stored, more: true })]);
    });

    it('never changes what it has handed out', async () => {
      const database = await connect();
      await database.write([insert('trials', [trial(1, { deep: { a: [1] } })])]);
      const [before] = await database.find('trials', everything);
      await database.write([update('trials', {}, { 'deep.a.0': 2, status: 'broken' })]);
      expect(before).toEqual(trial(1, { deep: { a: [1] } }));
    });
  });
}

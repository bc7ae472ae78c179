import { describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../database.js';
import { DuplicateKeyError, errorCode } from '../../errors.js';
import { everything } from '../../query/condition.js';
import { type DatabaseConnector, eachOnItsOwn } from '../connectors.js';
import { insert, remove, update } from './steps.js';

/** Pairs of keys of an experiment that are one and the same. */
const same: readonly (readonly [what: string, first: object, second: object])[] = [
  ['equal strings and numbers', { name: 'e', version: 1 }, { name: 'e', version: 1 }],
  ['a missing field and null', { name: 'e' }, { name: 'e', version: null }],
  ['two missing fields', {}, {}],
  ['0 and -0', { name: 'e', version: 0 }, { name: 'e', version: -0 }],
  ['1 and true, as in Orion', { name: 'e', version: 1 }, { name: 'e', version: true }],
  ['equal dates', { name: 'e', version: new Date(5) }, { name: 'e', version: new Date(5) }],
];

const different: readonly (readonly [what: string, first: object, second: object])[] = [
  ['other numbers', { name: 'e', version: 1 }, { name: 'e', version: 2 }],
  ['a number and a string', { name: 'e', version: 1 }, { name: 'e', version: '1' }],
  ['a number and a date', { name: 'e', version: 5 }, { name: 'e', version: new Date(5) }],
  ['null and the word', { name: null }, { name: 'null' }],
  ['fields that run together', { name: 'a,b', version: 'c' }, { name: 'a', version: 'b,c' }],
  ['upper and lower case', { name: 'E' }, { name: 'e' }],
];

export function describeKeys(connector: DatabaseConnector): void {
  describe('unique keys', () => {
    const connect = eachOnItsOwn(connector);

    it.each(same)('%s are the same key', async (_what, first, second) => {
      const database = await connect();
      await database.write([insert('experiments', [{ _id: 1, ...first }])]);
      const other = await connect();
      await expect(other.write([insert('experiments', [{ _id: 2, ...second }])])).rejects.toThrow(
        DuplicateKeyError,
      );
      expect(await idsOf(other)).toEqual([1]);
    });

    it.each(different)('%s are two keys', async (_what, first, second) => {
      const database = await connect();
      await database.write([
        insert('experiments', [
          { _id: 1, ...first },
          { _id: 2, ...second },
        ]),
      ]);
      expect(await idsOf(database)).toEqual([1, 2]);
    });

    it('are checked within one write, and say which key was taken', async () => {
      const database = await connect();
      const both = database.write([
        insert('experiments', [
          { _id: 1, name: 'e', version: 1 },
          { _id: 2, name: 'e', version: 1 },
        ]),
      ]);
      await expect(both).rejects.toMatchObject({
        code: 'duplicate-key',
        collection: 'experiments',
        fields: ['name', 'version'],
        values: ['e', 1],
      });
      expect(await idsOf(database)).toEqual([]);
    });

    it('include the _id, which a number and a string share nothing of', async () => {
      const database = await connect();
      await database.write([
        insert('experiments', [
          { _id: 1, name: 'a' },
          { _id: '1', name: 'b' },
        ]),
      ]);
      for (const _id of [1, '1']) {
        const again = database.write([insert('experiments', [{ _id, name: 'c' }])]);
        await expect(again).rejects.toMatchObject({ code: 'duplicate-key', fields: ['_id'], values: [_id] });
      }
    });

    it('leave duplicates out, and store the rest, where an insert says so', async () => {
      const database = await connect();
      await database.write([insert('benchmarks', [{ _id: 1, name: 'a' }])]);
      const documents = [
        { _id: 2, name: 'b' },
        { _id: 3, name: 'a' },
        { _id: 4, name: 'b' },
        { _id: 1, name: 'd' },
        { _id: 5, name: 'c' },
      ];
      const [inserted] = await database.write([insert('benchmarks', documents, 'skip')]);
      expect(inserted).toEqual([
        { _id: 2, name: 'b' },
        { _id: 5, name: 'c' },
      ]);
      expect((await (await connect()).find('benchmarks', everything)).map(({ name }) => name)).toEqual([
        'a',
        'b',
        'c',
      ]);
    });

    it('are free again after a removal, also within one write', async () => {
      const database = await connect();
      await database.write([insert('experiments', [{ _id: 1, name: 'e' }])]);
      await database.write([
        remove('experiments', { _id: 1 }),
        insert('experiments', [{ _id: 2, name: 'e' }]),
      ]);
      expect(await idsOf(database)).toEqual([2]);
      await database.write([remove('experiments', {})]);
      await database.write([insert('experiments', [{ _id: 2, name: 'e' }])]);
    });

    it('are free again after an update, and taken by it', async () => {
      const database = await connect();
      await database.write([insert('experiments', [{ _id: 1, name: 'old' }])]);
      await database.write([update('experiments', { _id: 1 }, { name: 'new' })]);
      await expect(database.write([insert('experiments', [{ _id: 2, name: 'new' }])])).rejects.toThrow(
        DuplicateKeyError,
      );
      await database.write([insert('experiments', [{ _id: 2, name: 'old' }])]);
      expect(await idsOf(database)).toEqual([1, 2]);
    });

    it('refuse an update that would collide, with another document or among those updated', async () => {
      const database = await connect();
      await database.write([
        insert(
          'experiments',
          ['a', 'b', 'c'].map((name, i) => ({ _id: i, name, version: 1 })),
        ),
      ]);
      await expectDuplicate(database.write([update('experiments', { _id: 1 }, { rank: 1, name: 'a' })]));
      await expectDuplicate(
        database.write([update('experiments', { _id: { $gt: 0 } }, { rank: 1, name: 'd' })]),
      );
      const other = await connect();
      expect((await other.find('experiments', everything)).map(({ name, rank }) => [name, rank])).toEqual([
        ['a', undefined],
        ['b', undefined],
        ['c', undefined],
      ]);
      // Neither the key that was asked for nor the one that was to be given up has moved.
      await expectDuplicate(other.write([insert('experiments', [{ _id: 9, name: 'b', version: 1 }])]));
      await other.write([insert('experiments', [{ _id: 9, name: 'd', version: 1 }])]);
    });

    it('allow an update that leaves the key as it was', async () => {
      const database = await connect();
      await database.write([insert('experiments', [{ _id: 1, name: 'a' }])]);
      const [updated] = await database.write([update('experiments', {}, { name: 'a', version: null })]);
      expect(updated).toEqual([{ _id: 1, name: 'a', version: null }]);
    });
  });
}

async function idsOf(database: OpenDatabase): Promise<unknown[]> {
  return (await database.find('experiments', everything)).map(({ _id }) => _id);
}

async function expectDuplicate(write: Promise<unknown>): Promise<void> {
  expect(errorCode(await write.catch((error: unknown) => error))).toBe('duplicate-key');
}

import { describe, expect } from 'vitest';
import { everything } from '../../query/condition.js';
import { SCHEMA_VERSION } from '../../schema.js';
import { insert, trial } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { answerTo, databaseExists, deleteDatabase, openStubbornly } from './other-tab.js';
import { testOfStore } from './store-fixture.js';

const NEWER = 10 * SCHEMA_VERSION + 10;

export function describeGivingWay(connector: IndexedDbConnector): void {
  describe('a connection that is in the way', () => {
    const it = testOfStore(connector);

    it('closes for an upgrade by another tab, and is refused afterwards, naming both versions', async ({
      storeName,
      database,
    }) => {
      (await openStubbornly(storeName, NEWER)).close();
      for (const call of [
        database.find('trials', everything),
        database.write([insert('trials', [trial(2)])]),
      ]) {
        await expect(call).rejects.toMatchObject({ code: 'unsupported-version' });
        await expect(call).rejects.toThrow(new RegExp(`version ${NEWER}.* version ${NEWER - 10}\\b`));
      }
    });

    it('lets what it is doing end before it closes', async ({ storeName, database }) => {
      const write = database.write([
        insert(
          'trials',
          Array.from({ length: 500 }, (_, i) => trial(i + 10)),
        ),
      ]);
      const other = await openStubbornly(storeName, NEWER);
      expect((await write)[0]).toHaveLength(500);
      expect(await answerTo(other.transaction('trials').objectStore('trials').count())).toBe(501);
      other.close();
    });

    it('closes for a deletion by another tab, says that the store is gone, and does not bring it back', async ({
      storeName,
      database,
    }) => {
      await deleteDatabase(storeName);
      for (const call of [
        database.count('trials', everything),
        database.write([insert('trials', [trial(2)])]),
      ]) {
        await expect(call).rejects.toMatchObject({
          code: 'storage-unavailable',
          message: expect.stringContaining('deleted'),
        });
      }
      expect(await databaseExists(storeName)).toBe(false);
    });

    it('that another tab deletes does not take for its own what that tab has made anew', async ({
      storeName,
      database,
    }) => {
      await deleteDatabase(storeName);
      const anew = await connector.open(storeName);
      await expect(database.write([insert('trials', [trial(2)])])).rejects.toMatchObject({
        code: 'storage-unavailable',
        message: expect.stringContaining('deleted'),
      });
      expect(await anew.find('trials', everything)).toEqual([]);
      await anew.close();
    });
  });
}

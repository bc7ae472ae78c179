import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../database.js';
import { everything } from '../../query/condition.js';
import { SCHEMA_VERSION } from '../../schema.js';
import { insert, trial } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { answerTo, databaseExists, deleteDatabase, newName, openStubbornly } from './other-tab.js';

const NEWER = 10 * SCHEMA_VERSION + 10;

export function describeGivingWay(connector: IndexedDbConnector): void {
  describe('a connection that is in the way', () => {
    let name: string;
    let database: OpenDatabase;

    beforeEach(async () => {
      name = newName();
      database = await connector.open(name);
      await database.write([insert('trials', [trial(1)])]);
    });

    afterEach(async () => {
      await database.close();
      await deleteDatabase(name);
    });

    it('closes for an upgrade by another tab, and is refused afterwards, naming both versions', async () => {
      (await openStubbornly(name, NEWER)).close();
      for (const call of [
        database.find('trials', everything),
        database.write([insert('trials', [trial(2)])]),
      ]) {
        await expect(call).rejects.toMatchObject({ code: 'unsupported-version' });
        await expect(call).rejects.toThrow(new RegExp(`version ${NEWER}.* version ${NEWER - 10}\\b`));
      }
    });

    it('lets what it is doing end before it closes', async () => {
      const write = database.write([
        insert(
          'trials',
          Array.from({ length: 500 }, (_, i) => trial(i + 10)),
        ),
      ]);
      const other = await openStubbornly(name, NEWER);
      expect((await write)[0]).toHaveLength(500);
      expect(await answerTo(other.transaction('trials').objectStore('trials').count())).toBe(501);
      other.close();
    });

    it('closes for a deletion by another tab, says that the store is gone, and does not bring it back', async () => {
      await deleteDatabase(name);
      for (const call of [
        database.count('trials', everything),
        database.write([insert('trials', [trial(2)])]),
      ]) {
        await expect(call).rejects.toMatchObject({
          code: 'storage-unavailable',
          message: expect.stringContaining('deleted'),
        });
      }
      expect(await databaseExists(name)).toBe(false);
    });

    it('that another tab deletes does not take for its own what that tab has made anew', async () => {
      await deleteDatabase(name);
      const anew = await connector.open(name);
      await expect(database.write([insert('trials', [trial(2)])])).rejects.toMatchObject({
        code: 'storage-unavailable',
        message: expect.stringContaining('deleted'),
      });
      expect(await anew.find('trials', everything)).toEqual([]);
      await anew.close();
    });
  });
}

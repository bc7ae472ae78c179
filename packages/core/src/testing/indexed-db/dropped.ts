import { describe, expect } from 'vitest';
import type { OpenDatabase } from '../../database.js';
import { everything } from '../../query/condition.js';
import { insert, trial, update } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { isClosed } from './native-connections.js';
import { testOfStore } from './store-fixture.js';

export function describeDroppedConnections(connector: IndexedDbConnector): void {
  describe('a connection that the browser drops', () => {
    const it = testOfStore(connector);

    const raised = async (database: OpenDatabase): Promise<unknown> =>
      (await database.find('trials', everything))[0]?.['raised'];

    it('between two calls is opened again by the next one', async ({ database, native }) => {
      native.opened.at(-1)?.close();
      expect(await raised(database)).toBe(0);
      native.opened.at(-1)?.close();
      await database.write([update('trials', { _id: 1 }, { raised: 1 })]);
      expect(await raised(database)).toBe(1);
      expect(native.opened.length).toBeGreaterThan(2);
    });

    it('serves many calls at once again, over one connection', async ({ database, native }) => {
      native.opened.at(-1)?.close();
      const before = native.opened.length;
      const writes = Array.from({ length: 20 }, (_, i) => database.write([insert('trials', [trial(i + 2)])]));
      await Promise.all(writes);
      expect(await database.count('trials', everything)).toBe(21);
      expect(native.opened.filter((connection) => !isClosed(connection)).length).toBe(1);
      expect(native.opened.length).toBeLessThan(before + 20);
    });

    it('in the middle of a write is opened again, and the write done once more, and once only', async ({
      database,
      native,
    }) => {
      let dropped = 0;
      native.onTransaction((transaction) => {
        if (transaction.mode === 'readwrite' && dropped++ === 0) transaction.abort();
      });
      const [outcome] = await database.write([insert('trials', [trial(2)])]);
      expect(outcome).toHaveLength(1);
      expect(dropped).toBe(2);
      expect(await database.count('trials', everything)).toBe(2);
    });

    it('again and again is a typed error, with nothing stored', async ({ database, native }) => {
      native.onTransaction((transaction) => transaction.abort());
      await expect(database.write([insert('trials', [trial(2)])])).rejects.toMatchObject({
        code: 'storage-unavailable',
      });
      await expect(database.count('trials', everything)).rejects.toMatchObject({
        code: 'storage-unavailable',
      });
      native.onTransaction(() => undefined);
      expect(await database.count('trials', everything)).toBe(1);
    });
  });
}

import { describe, expect } from 'vitest';
import { everything } from '../../query/condition.js';
import { insert, trial } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { answerTo } from './other-tab.js';
import { testOfStore } from './store-fixture.js';

/** An engine that is in the way of a deletion now and then is so in a third of all at least. */
const TIMES = 8;

/** Deletes a database. @returns whether anybody was in the way. */
async function deleteAtOnce(name: string): Promise<boolean> {
  let isBlocked = false;
  const request = indexedDB.deleteDatabase(name);
  request.addEventListener('blocked', () => {
    isBlocked = true;
  });
  await answerTo(request);
  return isBlocked;
}

export function describeClosing(connector: IndexedDbConnector): void {
  describe('a store that is closed', () => {
    const it = testOfStore(connector);

    it('is not in the way of a deletion, whatever it has answered last', async ({ storeName }) => {
      const inTheWay: number[] = [];
      for (let i = 0; i < TIMES; i += 1) {
        const database = await connector.open(storeName);
        await database.write([insert('trials', [trial(1)])]);
        await database.find('trials', everything);
        await database.count('trials', everything);
        await database.close();
        if (await deleteAtOnce(storeName)) inTheWay.push(i);
      }
      expect(inTheWay).toEqual([]);
    });

    it('has answered what it was asked before, and is not in the way of a deletion then', async ({
      storeName,
      database,
    }) => {
      const reads = Array.from({ length: TIMES }, () => database.find('trials', everything));
      const answered = Promise.all(reads);
      await Promise.all([database.close(), database.close()]);
      expect(await deleteAtOnce(storeName)).toBe(false);
      expect(await answered).toEqual(reads.map(() => [trial(1, { raised: 0 })]));
    });
  });
}

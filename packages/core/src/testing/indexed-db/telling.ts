import { describe, expect } from 'vitest';
import type { Fields } from '../../document.js';
import { everything } from '../../query/condition.js';
import { insert, trial, update } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { testOfStore } from './store-fixture.js';

export function describeTelling(connector: IndexedDbConnector): void {
  describe('a write', () => {
    const it = testOfStore(connector);

    it('is told before it is stored, so that nobody misses it where its tab ends with that', async ({
      native,
      database,
    }) => {
      const order: string[] = [];
      native.onTransaction((transaction) => {
        transaction.addEventListener('complete', () => order.push('stored'));
      });
      database.watch(() => order.push('told'));
      await database.write([insert('trials', [trial(2)])]);
      await database.write([update('trials', { _id: 1 }, { raised: 1 })]);
      expect(order).toEqual(['told', 'stored', 'told', 'stored']);
    });

    it('is there for whoever looks when told', async ({ storeName, database }) => {
      const reader = await connector.open(storeName);
      const seen: Promise<Fields[]>[] = [];
      const end = database.watch(() => seen.push(reader.find('trials', everything)));
      for (let raised = 1; raised <= 20; raised += 1)
        await database.write([update('trials', { _id: 1 }, { raised })]);
      end();
      const values = (await Promise.all(seen)).map(([found]) => Number(found?.['raised']));
      await reader.close();
      expect(values).toHaveLength(20);
      for (const [i, value] of values.entries()) expect(value).toBeGreaterThanOrEqual(i + 1);
    });
  });
}

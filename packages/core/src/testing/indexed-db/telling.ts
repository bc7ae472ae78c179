import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../database.js';
import type { Fields } from '../../document.js';
import { everything } from '../../query/condition.js';
import { insert, trial, update } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { type NativeConnections, watchConnections } from './native-connections.js';
import { deleteDatabase, newName } from './other-tab.js';

export function describeTelling(connector: IndexedDbConnector): void {
  describe('a write', () => {
    let name: string;
    let native: NativeConnections;
    let writer: OpenDatabase;
    let reader: OpenDatabase;

    beforeEach(async () => {
      name = newName();
      native = watchConnections();
      [writer, reader] = [await connector.open(name), await connector.open(name)];
      await writer.write([insert('trials', [trial(1, { raised: 0 })])]);
    });

    afterEach(async () => {
      native.stop();
      await Promise.all([writer.close(), reader.close()]);
      await deleteDatabase(name);
    });

    it('is told before it is stored, so that nobody misses it where its tab ends with that', async () => {
      const order: string[] = [];
      native.onTransaction((transaction) => {
        transaction.addEventListener('complete', () => order.push('stored'));
      });
      writer.watch(() => order.push('told'));
      await writer.write([insert('trials', [trial(2)])]);
      await writer.write([update('trials', { _id: 1 }, { raised: 1 })]);
      expect(order).toEqual(['told', 'stored', 'told', 'stored']);
    });

    it('is there for whoever looks when told', async () => {
      const seen: Promise<Fields[]>[] = [];
      writer.watch(() => seen.push(reader.find('trials', everything)));
      for (let raised = 1; raised <= 20; raised += 1)
        await writer.write([update('trials', { _id: 1 }, { raised })]);
      const values = (await Promise.all(seen)).map(([found]) => Number(found?.['raised']));
      expect(values).toHaveLength(20);
      for (const [i, value] of values.entries()) expect(value).toBeGreaterThanOrEqual(i + 1);
    });
  });
}

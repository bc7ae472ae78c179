import {
  CountChanges,
  collections,
  type Id,
  indexName,
  type StoredRecord,
  schema,
} from '@trialbase/core/adapter';
import type { Transaction } from 'dexie';
import { DexieTransaction } from './dexie-transaction.js';

/**
 * Counts the documents that are stored, whatever the table of counts holds. Of all with the same key one is read: the index
 * counts them.
 */
export async function countAnew(transaction: Transaction, prefix: string): Promise<void> {
  const counts = new CountChanges(new DexieTransaction(transaction, prefix));
  await transaction.table(`${prefix}counts`).clear();
  for (const collection of collections) {
    const { countedBy } = schema[collection];
    if (!countedBy) continue;
    const table = transaction.table<StoredRecord, Id>(prefix + collection);
    const index = indexName(countedBy);
    for (const key of await table.orderBy(index).uniqueKeys()) {
      const same = () => table.where(index).equals(key); // what Dexie is asked for changes the collection that is asked
      const [number, record] = await Promise.all([same().count(), same().first()]);
      if (record) counts.add(collection, record.document, number);
    }
  }
  await counts.store();
}

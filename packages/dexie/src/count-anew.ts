import {
  CountChanges,
  collections,
  type Id,
  indexKey,
  indexName,
  keyOf,
  type StoredRecord,
  schema,
} from '@trialbase/core/adapter';
import type { IndexableType, Transaction } from 'dexie';
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
    let record = await table.orderBy(index).first();
    while (record) {
      const key = indexKey(keyOf(record.document, countedBy)) as IndexableType;
      counts.add(collection, record.document, await table.where(index).equals(key).count());
      record = await table.where(index).above(key).first();
    }
  }
  await counts.store();
}

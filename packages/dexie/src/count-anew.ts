import { countAnew as count, type StoredRecord } from '@trialbase/core/adapter';
import type { IndexableType, Transaction } from 'dexie';
import { DexieTransaction } from './dexie-transaction.js';

/** Counts the documents that are stored, whatever the table of counts holds. */
export async function countAnew(transaction: Transaction, prefix: string): Promise<void> {
  await transaction.table(`${prefix}counts`).clear();
  await count(new DexieTransaction(transaction, prefix, () => transaction.abort()), (collection, index) => {
    const where = transaction.table<StoredRecord>(prefix + collection).where(index);
    return {
      next: async (key) => (await where.above(key as IndexableType).first())?.document,
      count: async (key) => where.equals(key as IndexableType).count(),
    };
  });
}

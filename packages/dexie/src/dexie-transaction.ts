import {
  type Access,
  type Collection,
  type Document,
  type DocumentTransaction,
  type Id,
  indexKey,
  indexName,
  type StoredRecord,
  toRecord,
} from '@trialbase/core/adapter';
import { Dexie, type IndexableType, type Table, type Transaction } from 'dexie';

type Records = Table<StoredRecord, Id>;

/** What the steps of a call need of one transaction of Dexie. */
export class DexieTransaction implements DocumentTransaction {
  readonly #transaction: Transaction;
  readonly #prefix: string;

  constructor(transaction: Transaction, prefix: string) {
    this.#transaction = transaction;
    this.#prefix = prefix;
  }

  async read(collection: Collection, access: Access | undefined, limit: number): Promise<Document[][]> {
    const table = this.#table(collection);
    if (!access) return [documentsOf(await limited(table.toCollection(), limit).toArray())];
    if (access.fields[0] === '_id') {
      const records = await table.bulkGet(access.keys.map((key) => indexKey(key) as Id));
      return records.map((record) => (record ? [record.document] : []));
    }
    const lists = await Promise.all(
      access.keys.map((key) => limited(found(table, access, key), limit).toArray()),
    );
    return lists.map(documentsOf);
  }

  async count(collection: Collection, access: Access | undefined): Promise<number> {
    const table = this.#table(collection);
    if (!access) return table.count();
    const counts = await Promise.all(access.keys.map((key) => found(table, access, key).count()));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async ids(collection: Collection, access: Access | undefined): Promise<Id[]> {
    const table = this.#table(collection);
    if (!access) return table.toCollection().primaryKeys();
    const lists = await Promise.all(access.keys.map((key) => found(table, access, key).primaryKeys()));
    return lists.flat();
  }

  async add(collection: Collection, documents: readonly Document[]): Promise<readonly number[]> {
    const table = this.#table(collection);
    return refusedOf(table.bulkAdd(documents.map((document) => toRecord(collection, document))));
  }

  async put(collection: Collection, documents: readonly Document[]): Promise<readonly number[]> {
    const table = this.#table(collection);
    return refusedOf(table.bulkPut(documents.map((document) => toRecord(collection, document))));
  }

  async remove(collection: Collection, ids: readonly Id[]): Promise<void> {
    await this.#table(collection).bulkDelete([...ids]);
  }

  #table(collection: Collection): Records {
    return this.#transaction.table<StoredRecord, Id>(this.#prefix + collection);
  }
}

function found(table: Records, { fields }: Access, key: Access['keys'][number]) {
  const index = fields[0] === '_id' ? ':id' : indexName(fields);
  return table.where(index).equals(indexKey(key) as IndexableType);
}

function limited<C extends { limit(count: number): C }>(collection: C, limit: number): C {
  return Number.isFinite(limit) ? collection.limit(limit) : collection;
}

function documentsOf(records: readonly StoredRecord[]): Document[] {
  return records.map(({ document }) => document);
}

async function refusedOf(storing: PromiseLike<unknown>): Promise<readonly number[]> {
  try {
    await storing;
    return [];
  } catch (error) {
    if (!(error instanceof Dexie.BulkError)) throw error;
    const failures = Object.entries(error.failuresByPos);
    const other = failures.find(([, { name }]) => name !== 'ConstraintError');
    if (other) throw other[1];
    return failures.map(([position]) => Number(position));
  }
}

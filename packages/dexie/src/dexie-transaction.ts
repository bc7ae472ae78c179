import {
  type Access,
  type Document,
  type DocumentTransaction,
  type Id,
  indexKey,
  indexName,
  type ObjectStoreName,
  type StoredRecord,
  toRecord,
} from '@trialbase/core/adapter';
import { Dexie, type IndexableType, type Table, type Transaction } from 'dexie';

type Records = Table<StoredRecord, Id>;
type Tables = Pick<Transaction, 'table'>;

/** What the steps of a call need of one transaction of Dexie. */
export class DexieTransaction implements DocumentTransaction {
  readonly #tables: Tables;
  readonly #prefix: string;
  readonly #fail: (reason: unknown) => void;

  /**
   * @param tables the transaction; or the database, where there is one request only, which is a transaction then.
   * @param fail ends the transaction, for a request that nobody waits for has failed.
   */
  constructor(tables: Tables, prefix: string, fail: (reason: unknown) => void) {
    this.#tables = tables;
    this.#prefix = prefix;
    this.#fail = fail;
  }

  read(store: ObjectStoreName, access: Access | undefined, limit: number): Promise<Document[][]> {
    const table = this.#table(store);
    if (!access) return limited(table.toCollection(), limit).toArray((records) => [documentsOf(records)]);
    if (access.fields[0] === '_id') {
      const ids = access.keys.map((key) => indexKey(key) as Id);
      return table.bulkGet(ids).then((records) => records.map(listOf));
    }
    const reached = access.keys.map((key) => limited(found(table, access, key), limit));
    const [only] = reached;
    // A promise of several takes Firefox longer than one.
    if (only && reached.length === 1) return only.toArray((records) => [documentsOf(records)]);
    return Promise.all(reached.map((collection) => collection.toArray(documentsOf)));
  }

  ids(store: ObjectStoreName, access: Access): Promise<Id[][]> {
    const table = this.#table(store);
    return Promise.all(access.keys.map(async (key) => found(table, access, key).primaryKeys()));
  }

  async count(store: ObjectStoreName): Promise<number> {
    return this.#table(store).count();
  }

  async add(store: ObjectStoreName, documents: readonly Document[]): Promise<readonly number[]> {
    const table = this.#table(store);
    return refusedOf(table.bulkAdd(documents.map((document) => toRecord(store, document))));
  }

  async put(
    store: ObjectStoreName,
    documents: readonly Document[],
    { keysStand }: { readonly keysStand: boolean },
  ): Promise<readonly number[]> {
    const table = this.#table(store);
    const putting = table.bulkPut(documents.map((document) => toRecord(store, document)));
    if (!keysStand) return refusedOf(putting);
    // Of itself a request that fails would not end the transaction: Dexie keeps it from that.
    putting.catch((error: unknown) => this.#fail(reasonOf(error)));
    return [];
  }

  async remove(store: ObjectStoreName, ids: readonly Id[]): Promise<void> {
    await this.#table(store).bulkDelete([...ids]);
  }

  #table(store: ObjectStoreName): Records {
    return this.#tables.table<StoredRecord, Id>(this.#prefix + store);
  }
}

function found(table: Records, { fields }: Access, key: Access['keys'][number]) {
  return table.where(indexName(fields)).equals(indexKey(key) as IndexableType);
}

function limited<C extends { limit(count: number): C }>(collection: C, limit: number): C {
  return Number.isFinite(limit) ? collection.limit(limit) : collection;
}

/** What there is under one key of those that no two share. */
function listOf(record: StoredRecord | undefined): Document[] {
  return record ? [record.document] : [];
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

function reasonOf(error: unknown): unknown {
  return error instanceof Dexie.BulkError ? Object.values(error.failuresByPos)[0] : error;
}

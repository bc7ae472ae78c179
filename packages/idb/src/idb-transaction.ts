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
import { type IDBPTransaction, unwrap } from 'idb';

/** More documents than this cannot be asked for at once, and are not in a store either. */
const MOST = 2 ** 32 - 1;

/** What the steps of a call need of one transaction of IndexedDB. */
export class IdbTransaction implements DocumentTransaction {
  readonly #transaction: IDBPTransaction<unknown, string[], IDBTransactionMode>;

  constructor(transaction: IDBPTransaction<unknown, string[], IDBTransactionMode>) {
    this.#transaction = transaction;
  }

  async read(store: ObjectStoreName, access: Access | undefined, limit: number): Promise<Document[][]> {
    const source = this.#source(store, access);
    const most = limit <= MOST ? limit : undefined;
    if (!access) return [documentsOf(await source.getAll(undefined, most))];
    if (!access.unique) {
      return Promise.all(
        access.keys.map(async (key) => documentsOf(await source.getAll(queryFor(key), most))),
      );
    }
    const records = await Promise.all(access.keys.map((key) => source.get(queryFor(key))));
    return records.map((record) => (record ? documentsOf([record]) : []));
  }

  count(store: ObjectStoreName): Promise<number> {
    return this.#transaction.objectStore(store).count();
  }

  add(store: ObjectStoreName, documents: readonly Document[]): Promise<readonly number[]> {
    return refusedOf(this.#store(store, 'add', documents));
  }

  async put(
    store: ObjectStoreName,
    documents: readonly Document[],
    { keysStand }: { readonly keysStand: boolean },
  ): Promise<readonly number[]> {
    const requests = this.#store(store, 'put', documents);
    return keysStand ? [] : refusedOf(requests);
  }

  async remove(store: ObjectStoreName, ids: readonly Id[]): Promise<void> {
    const objectStore = this.#objectStore(store);
    for (const id of ids) objectStore.delete(id);
  }

  #store(store: ObjectStoreName, method: 'add' | 'put', documents: readonly Document[]): IDBRequest[] {
    const objectStore = this.#objectStore(store);
    return documents.map((document) => objectStore[method](toRecord(store, document)));
  }

  /** The platform's own store: a promise for each of many requests is more than is needed. */
  #objectStore(store: ObjectStoreName): IDBObjectStore {
    return unwrap(this.#transaction.objectStore(store));
  }

  /** What answers the questions of an access: the store itself, or one of its indexes. */
  #source(store: ObjectStoreName, access: Access | undefined) {
    const objectStore = this.#transaction.objectStore(store);
    return !access || access.fields[0] === '_id' ? objectStore : objectStore.index(indexName(access.fields));
  }
}

function documentsOf(records: readonly StoredRecord[]): Document[] {
  return records.map(({ document }) => document);
}

function queryFor(key: Access['keys'][number]): IDBValidKey {
  return indexKey(key) as IDBValidKey;
}

/**
 * The positions of the requests that failed because a key was taken; such a failure does not end the transaction. The
 * requests of a transaction are answered in order, so the last answer is the only one to wait for.
 */
function refusedOf(requests: readonly IDBRequest[]): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const refused: number[] = [];
    requests.forEach((request, position) => {
      request.addEventListener('error', (event) => {
        if (request.error?.name !== 'ConstraintError') return reject(request.error);
        event.preventDefault();
        event.stopPropagation();
        refused.push(position);
        if (position === requests.length - 1) resolve(refused);
      });
    });
    const last = requests.at(-1);
    if (last) last.addEventListener('success', () => resolve(refused));
    else resolve(refused);
  });
}

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

/** More documents than this cannot be asked for at once, and are not in a store either. */
const MOST = 2 ** 32 - 1;

/**
 * What the steps of a call need of one transaction of IndexedDB. The requests are the platform's own: a promise for each of
 * many is more than is needed.
 */
export class IdbTransaction implements DocumentTransaction {
  readonly #transaction: IDBTransaction;
  /** Whether every request that stores was answered before what follows it. */
  #isHeard = true;

  constructor(transaction: IDBTransaction) {
    this.#transaction = transaction;
  }

  read(store: ObjectStoreName, access: Access | undefined, limit: number): Promise<Document[][]> {
    const objectStore = this.#transaction.objectStore(store);
    const most = limit <= MOST ? limit : undefined;
    if (!access) return answersOf<StoredRecord[]>([objectStore.getAll(undefined, most)]).then(allDocuments);
    const source = access.fields[0] === '_id' ? objectStore : objectStore.index(indexName(access.fields));
    const keys = keysOf(access);
    // By `getAll`, WebKit takes a third longer for a single document.
    if (access.unique || most === 1)
      return answersOf<StoredRecord | undefined>(keys.map((key) => source.get(key))).then(eachDocument);
    return answersOf<StoredRecord[]>(keys.map((key) => source.getAll(key, most))).then(allDocuments);
  }

  ids(store: ObjectStoreName, access: Access): Promise<Id[][]> {
    const index = this.#transaction.objectStore(store).index(indexName(access.fields));
    return answersOf(keysOf(access).map((key) => index.getAllKeys(key) as IDBRequest<Id[]>));
  }

  count(store: ObjectStoreName): Promise<number> {
    return answersOf([this.#transaction.objectStore(store).count()]).then(([count = 0]) => count);
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
    if (!keysStand) return refusedOf(requests);
    this.#isHeard = false;
    return [];
  }

  /**
   * Has it end at once, rather than when the browser sees that nothing follows. Not so where a request is not answered yet: of one
   * that fails after that Firefox stores the rest of the transaction.
   */
  commit(): void {
    if (this.#isHeard) this.#transaction.commit();
  }

  async remove(store: ObjectStoreName, ids: readonly Id[]): Promise<void> {
    if (ids.length > 0) this.#isHeard = false;
    const objectStore = this.#transaction.objectStore(store);
    for (const id of ids) objectStore.delete(id);
  }

  #store(store: ObjectStoreName, method: 'add' | 'put', documents: readonly Document[]): IDBRequest[] {
    const objectStore = this.#transaction.objectStore(store);
    return documents.map((document) => objectStore[method](toRecord(store, document)));
  }
}

function keysOf({ keys }: Access): IDBValidKey[] {
  return keys.map((key) => indexKey(key) as IDBValidKey);
}

function allDocuments(lists: readonly StoredRecord[][]): Document[][] {
  return lists.map((records) => records.map(({ document }) => document));
}

function eachDocument(records: readonly (StoredRecord | undefined)[]): Document[][] {
  return records.map((record) => (record ? [record.document] : []));
}

/** What requests are answered. They are answered in order, so the last answer is the only one to wait for. */
function answersOf<T>(requests: readonly IDBRequest<T>[]): Promise<T[]> {
  return new Promise((resolve, reject) => {
    for (const request of requests) request.addEventListener('error', () => reject(request.error));
    const answer = (): void => resolve(requests.map(({ result }) => result));
    const last = requests.at(-1);
    if (last) last.addEventListener('success', answer);
    else answer();
  });
}

/**
 * The positions of the requests that failed because a key was taken; such a failure does not end the transaction.
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

import {
  type Access,
  type Document,
  type DocumentTransaction,
  endOf,
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
  /** How many requests store something. */
  #storing = 0;
  /** The last of them whose answer nobody waited for. */
  #unheard: IDBRequest | undefined;

  constructor(transaction: IDBTransaction) {
    this.#transaction = transaction;
  }

  read(store: ObjectStoreName, access: Access | undefined, limit: number): Promise<Document[][]> {
    const objectStore = this.#transaction.objectStore(store);
    const most = limit <= MOST ? limit : undefined;
    if (!access) return answersOf([objectStore.getAll(undefined, most)], allDocuments);
    const source = access.fields[0] === '_id' ? objectStore : objectStore.index(indexName(access.fields));
    const keys = keysOf(access);
    // By `getAll`, WebKit takes a third longer for a single document.
    if (access.unique || most === 1) {
      const requests = keys.map((key) => source.get(key));
      return answersOf(requests, eachDocument);
    }
    const requests = keys.map((key) => source.getAll(key, most));
    return answersOf(requests, allDocuments);
  }

  ids(store: ObjectStoreName, access: Access): Promise<Id[][]> {
    const index = this.#transaction.objectStore(store).index(indexName(access.fields));
    const requests = keysOf(access).map((key) => index.getAllKeys(key) as IDBRequest<Id[]>);
    return answersOf(requests, (lists) => lists);
  }

  count(store: ObjectStoreName): Promise<number> {
    return answersOf([this.#transaction.objectStore(store).count()], ([count = 0]) => count);
  }

  add(store: ObjectStoreName, documents: readonly Document[]): Promise<readonly number[]> {
    return this.#refusedOf(this.#store(store, 'add', documents));
  }

  async put(
    store: ObjectStoreName,
    documents: readonly Document[],
    { keysStand }: { readonly keysStand: boolean },
  ): Promise<readonly number[]> {
    const requests = this.#store(store, 'put', documents);
    if (!keysStand) return await this.#refusedOf(requests);
    this.#unheard = requests.at(-1) ?? this.#unheard;
    return [];
  }

  async remove(store: ObjectStoreName, ids: readonly Id[]): Promise<void> {
    const objectStore = this.#transaction.objectStore(store);
    for (const id of ids) this.#unheard = objectStore.delete(id);
    this.#storing += ids.length;
  }

  /**
   * Waits until all is stored. It ends at once, rather than when the browser sees that nothing follows, unless a request is not
   * answered yet that may fail when others have not: of a transaction that was to end at once Firefox stores the others.
   *
   * @throws the error of the transaction, or of a request.
   */
  end(): Promise<void> {
    const ended = endOf(this.#transaction, this.#unheard);
    if (!this.#unheard || this.#storing === 1) this.#transaction.commit();
    return ended;
  }

  #store(store: ObjectStoreName, method: 'add' | 'put', documents: readonly Document[]): IDBRequest[] {
    const objectStore = this.#transaction.objectStore(store);
    this.#storing += documents.length;
    return documents.map((document) => objectStore[method](toRecord(store, document)));
  }

  /** The positions of the requests that failed because a key was taken; such a failure does not end the transaction. */
  #refusedOf(requests: readonly IDBRequest[]): Promise<readonly number[]> {
    const own: ReadonlySet<unknown> = new Set(requests);
    const goOn = (event: Event): void => {
      if (own.has(event.target) && isRefused(event.target as IDBRequest)) event.preventDefault();
    };
    // One for all: to have a listener on each takes Chromium a tenth of the time in which they are stored.
    this.#transaction.addEventListener('error', goOn);
    return answersOf(requests, () =>
      requests.flatMap((request, position) => (isRefused(request) ? [position] : [])),
    );
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

/**
 * What becomes of the answers to requests. They are answered in order, so the last answer is the only one to wait for: where another
 * request fails, and ends the transaction with that, the last fails too. That a key is taken is an answer.
 *
 * @throws the error of the last.
 */
function answersOf<A, T>(requests: readonly IDBRequest<A>[], use: (answers: A[]) => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const answer = (): void => resolve(use(requests.map(({ result }) => result)));
    const last = requests.at(-1);
    if (!last) return answer();
    last.addEventListener('success', answer);
    last.addEventListener('error', () => (isRefused(last) ? answer() : reject(last.error)));
  });
}

/** Whether a request failed because a key was taken. */
function isRefused({ error }: IDBRequest): boolean {
  return error?.name === 'ConstraintError';
}

import type { Document, Id } from '../document.js';
import type { Access } from '../query/plan.js';
import type { DocumentTransaction } from './document-transaction.js';
import type { ObjectStoreName } from './object-stores.js';

/** So many documents take a while to store: the first of them is stored by itself, to hear that the turn has come. */
const MANY = 10_000;

/** A transaction of which one hears when it is first answered. */
export class HeardTransaction implements DocumentTransaction {
  readonly #transaction: DocumentTransaction;
  readonly #onAnswer: () => void;

  constructor(transaction: DocumentTransaction, onAnswer: () => void) {
    this.#transaction = transaction;
    this.#onAnswer = onAnswer;
  }

  read(store: ObjectStoreName, access: Access | undefined, limit: number): Promise<Document[][]> {
    return this.#heard(this.#transaction.read(store, access, limit));
  }

  ids(store: ObjectStoreName, access: Access): Promise<Id[][]> {
    return this.#heard(this.#transaction.ids(store, access));
  }

  count(store: ObjectStoreName): Promise<number> {
    return this.#heard(this.#transaction.count(store));
  }

  add(store: ObjectStoreName, documents: readonly Document[]): Promise<readonly number[]> {
    if (documents.length >= MANY) return this.#addMany(store, documents);
    return this.#heard(this.#transaction.add(store, documents));
  }

  put(
    store: ObjectStoreName,
    documents: readonly Document[],
    options: { readonly keysStand: boolean },
  ): Promise<readonly number[]> {
    return this.#transaction.put(store, documents, options);
  }

  remove(store: ObjectStoreName, ids: readonly Id[]): Promise<void> {
    return this.#transaction.remove(store, ids);
  }

  async #addMany(store: ObjectStoreName, documents: readonly Document[]): Promise<readonly number[]> {
    const first = await this.add(store, documents.slice(0, 1));
    const others = await this.#transaction.add(store, documents.slice(1));
    return [...first, ...others.map((position) => position + 1)];
  }

  #heard<T>(answer: Promise<T>): Promise<T> {
    answer.then(this.#onAnswer, this.#onAnswer);
    return answer;
  }
}

import type { Document, Id } from '../document.js';
import { StorageUnavailableError } from '../errors.js';
import type { Access } from '../query/plan.js';
import type { DocumentTransaction } from './document-transaction.js';
import type { ObjectStoreName } from './object-stores.js';

/** The time is counted in so many parts: one in which this page could not run is not more than one part of it. */
const PARTS = 8;

/** So many documents take a while to store: the first of them is stored by itself, to hear that the turn has come. */
const MANY = 10_000;

/** The page is being left, or frozen: what its transactions have not come to the end of is undone, for others to go on. */
export class PageLeft extends Error {}

export interface InTurnOptions {
  /** The name of the database. */
  readonly name: string;
  /** How many milliseconds the first answer may take. The transaction has its turn then, and all the time that it needs. */
  readonly timeout: number;
  /** Is aborted, with a reason to throw, when the work has to end at once. */
  readonly signal: AbortSignal;
}

/**
 * Does the work of a transaction, unless that does not get its turn: the transactions of a store that write to the same
 * collections wait for each other, and one of a tab that hangs, or was frozen in the middle, may never end.
 *
 * @throws StorageUnavailableError if that takes too long. The transaction has to be aborted, as with any error of the work.
 */
export async function inTurn<T>(
  transaction: DocumentTransaction,
  { name, timeout, signal }: InTurnOptions,
  work: (transaction: DocumentTransaction) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  let endNow: (reason: unknown) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    endNow = reject;
  });
  let parts = 0;
  const timer = setInterval(() => {
    parts += 1;
    if (parts === PARTS) endNow(keptWaiting(name, timeout));
  }, timeout / PARTS);
  const stopWaiting = (): void => clearInterval(timer);
  const leave = (): void => endNow(signal.reason);
  signal.addEventListener('abort', leave);
  try {
    return await Promise.race([work(new Heard(transaction, stopWaiting)), ended]);
  } finally {
    stopWaiting();
    signal.removeEventListener('abort', leave);
  }
}

function keptWaiting(name: string, timeout: number): StorageUnavailableError {
  return new StorageUnavailableError(
    `Another tab or worker has kept '${name}' to itself for ${timeout} ms, and nothing of this was done: it hangs, or was ` +
      'frozen, in the middle of a write. Close the other tabs of this page and try again',
  );
}

/** A transaction of which one hears when it is first answered. */
class Heard implements DocumentTransaction {
  readonly #transaction: DocumentTransaction;
  readonly #onAnswer: () => void;

  constructor(transaction: DocumentTransaction, onAnswer: () => void) {
    this.#transaction = transaction;
    this.#onAnswer = onAnswer;
  }

  read(store: ObjectStoreName, access: Access | undefined, limit: number): Promise<Document[][]> {
    return this.#heard(this.#transaction.read(store, access, limit));
  }

  count(store: ObjectStoreName): Promise<number> {
    return this.#heard(this.#transaction.count(store));
  }

  async add(store: ObjectStoreName, documents: readonly Document[]): Promise<readonly number[]> {
    if (documents.length < MANY) return this.#heard(this.#transaction.add(store, documents));
    const first = await this.#heard(this.#transaction.add(store, documents.slice(0, 1)));
    const others = await this.#transaction.add(store, documents.slice(1));
    return [...first, ...others.map((position) => position + 1)];
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

  #heard<T>(answer: Promise<T>): Promise<T> {
    answer.then(this.#onAnswer, this.#onAnswer);
    return answer;
  }
}

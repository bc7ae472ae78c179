import { type TransactionOptions, type Transactor, TrialbaseError, type Work } from '@trialbase/core/adapter';
import type { IDBPDatabase } from 'idb';
import { IdbTransaction } from './idb-transaction.js';

/** The transactions of an open database. */
export class Transactions implements Transactor {
  readonly #database: IDBPDatabase;

  constructor(database: IDBPDatabase) {
    this.#database = database;
  }

  async transact<T>({ stores, mode, durability }: TransactionOptions, work: Work<T>): Promise<T> {
    const transaction = this.#database.transaction(stores, mode, { durability });
    transaction.done.catch(() => undefined); // told below
    try {
      const own = new IdbTransaction(transaction);
      const result = await work(own);
      if (mode === 'readonly') return result;
      own.commit();
      await transaction.done;
      return result;
    } catch (error) {
      // A request that fails because the transaction does has no more to say than that it was aborted.
      const cause = error instanceof TrialbaseError ? error : (transaction.error ?? error);
      if (mode === 'readwrite') abort(transaction);
      throw cause;
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** Nothing is done to a transaction that has ended by itself. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It is over already.
  }
}

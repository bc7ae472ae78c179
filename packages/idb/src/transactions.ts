import {
  closeWhole,
  type TransactionOptions,
  type Transactor,
  TrialbaseError,
  type Work,
} from '@trialbase/core/adapter';
import { IdbTransaction } from './idb-transaction.js';

/** The transactions of an open database: the platform's own, as their requests are. */
export class Transactions implements Transactor {
  readonly #database: IDBDatabase;

  constructor(database: IDBDatabase) {
    this.#database = database;
  }

  async transact<T>({ stores, mode, durability }: TransactionOptions, work: Work<T>): Promise<T> {
    const transaction = this.#database.transaction(stores, mode, { durability });
    try {
      const own = new IdbTransaction(transaction);
      const result = await work(own);
      if (mode === 'readonly') return result;
      await own.end();
      return result;
    } catch (error) {
      // A request that fails because the transaction does has no more to say than that it was aborted.
      const cause = error instanceof TrialbaseError ? error : (transaction.error ?? error);
      abort(transaction);
      throw cause;
    }
  }

  close(): Promise<void> {
    return closeWhole(this.#database, () => this.#database.close());
  }
}

/** Nothing is done to a transaction that has ended by itself. */
function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It is over already.
  }
}

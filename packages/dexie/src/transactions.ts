import type { TransactionOptions, Transactor, Work } from '@trialbase/core/adapter';
import { Dexie } from 'dexie';
import { DexieTransaction } from './dexie-transaction.js';

/** The transactions of a database that is open, or that Dexie opens by itself. */
export class Transactions implements Transactor {
  readonly #dexie: Dexie;
  readonly #prefix: string;
  readonly #closeDatabase: () => void | Promise<void>;
  readonly #underWay = new Set<PromiseLike<unknown>>();

  /** @param close what becomes of the database when the last transaction has ended. */
  constructor(
    dexie: Dexie,
    { prefix, close }: { readonly prefix: string; readonly close: () => void | Promise<void> },
  ) {
    this.#dexie = dexie;
    this.#prefix = prefix;
    this.#closeDatabase = close;
  }

  transact<T>(options: TransactionOptions, work: Work<T>): Promise<T> {
    let failure: unknown;
    const onFailure = (reason: unknown): void => {
      failure ??= reason;
    };
    const ended: Promise<T> = this.#begin(options, work, onFailure).then(
      (result) => {
        this.#underWay.delete(ended);
        return result;
      },
      (error: unknown) => {
        this.#underWay.delete(ended);
        throw failure ?? causeOf(error);
      },
    );
    this.#underWay.add(ended);
    return ended;
  }

  /** Dexie begins a transaction a little later than it is asked to: a database that is closed by then refuses it. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.#closeDatabase();
  }

  /**
   * Also within a transaction of the application's, the work has one of its own. It is done outside of Dexie's zone of that:
   * there each `await` costs a multiple, in Firefox as much as the rest of a write.
   */
  #begin<T>(
    { stores, mode, isOneRequest }: TransactionOptions,
    work: Work<T>,
    onFailure: (reason: unknown) => void,
  ): Promise<T> {
    const prefix = this.#prefix;
    if (isOneRequest) {
      // Dexie makes a transaction of each request by itself, for less.
      const ofItself = (): Promise<T> => work(new DexieTransaction(this.#dexie, prefix, onFailure));
      return Dexie.Promise.resolve(Dexie.ignoreTransaction(ofItself));
    }
    const tables = stores.map((store) => prefix + store);
    return this.#dexie.transaction(mode === 'readonly' ? 'r!' : 'rw!', tables, (transaction) => {
      const fail = (reason: unknown): void => {
        onFailure(reason);
        transaction.abort();
      };
      return Dexie.ignoreTransaction(() => work(new DexieTransaction(transaction, prefix, fail)));
    });
  }
}

/** Of a transaction that the platform has aborted, Dexie says that it was, and keeps the reason. */
function causeOf(error: unknown): unknown {
  return error instanceof Dexie.AbortError && error.inner ? error.inner : error;
}

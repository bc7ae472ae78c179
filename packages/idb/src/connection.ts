import { failureOf, StorageClosedError, TrialbaseError } from '@trialbase/core/adapter';
import type { IDBPDatabase } from 'idb';
import { IdbTransaction } from './idb-transaction.js';
import { openDatabase } from './open-database.js';

/** What a transaction is to be. */
export interface TransactionOptions {
  readonly stores: readonly string[];
  readonly mode: 'readonly' | 'readwrite';
  readonly durability: 'relaxed' | 'strict';
}

/** The errors by which a connection that the browser has dropped is known. Nothing of the transaction was stored. */
const DROPPED: ReadonlySet<string> = new Set(['InvalidStateError', 'UnknownError', 'AbortError']);

/**
 * A connection to a database that gives way to others and comes back by itself: it is closed when another tab wants to
 * upgrade or delete the database, when the page is left, and when the browser drops it; the next call opens it again.
 */
export class Connection {
  readonly #name: string;
  readonly #timeout: number;
  #database: Promise<IDBPDatabase> | undefined;
  #closed = false;
  readonly #letGo = (): void => void this.#drop();

  private constructor(name: string, timeout: number) {
    this.#name = name;
    this.#timeout = timeout;
  }

  /** @throws as `openDatabase` does. */
  static async open(name: string, timeout: number): Promise<Connection> {
    const connection = new Connection(name, timeout);
    await connection.#open({ create: true });
    // A page in the back-forward cache could keep its transaction, and an upgrade by others, waiting for minutes.
    globalThis.addEventListener?.('pagehide', connection.#letGo);
    return connection;
  }

  /**
   * Does the work in one transaction: all of it is stored, or nothing is. Where the connection turns out to have been
   * dropped, it is done once more.
   *
   * @throws what the work throws; StorageFullError, StorageUnavailableError, StorageClosedError.
   */
  async transact<T>(
    options: TransactionOptions,
    work: (transaction: IdbTransaction) => Promise<T>,
  ): Promise<T> {
    try {
      return await inTransaction(await this.#current(), options, work).catch(async (error: unknown) => {
        if (!(error instanceof DOMException && DROPPED.has(error.name))) throw error;
        await this.#drop();
        return inTransaction(await this.#current(), options, work);
      });
    } catch (error) {
      throw failureOf(error, this.#name);
    }
  }

  /** @throws StorageClosedError after `close()`. */
  checkOpen(): void {
    if (this.#closed) throw new StorageClosedError(`'${this.#name}'`);
  }

  async close(): Promise<void> {
    this.#closed = true;
    globalThis.removeEventListener?.('pagehide', this.#letGo);
    await this.#drop();
  }

  #current(): Promise<IDBPDatabase> {
    this.checkOpen();
    return this.#database ?? this.#open({ create: false });
  }

  #open({ create }: { readonly create: boolean }): Promise<IDBPDatabase> {
    const forget = (): void => {
      if (this.#database === opening) this.#database = undefined;
    };
    const opening = openDatabase({ name: this.#name, timeout: this.#timeout, create, onClosed: forget });
    opening.catch(forget);
    this.#database = opening;
    return opening;
  }

  /** Closes the connection once its transactions have ended. */
  async #drop(): Promise<void> {
    const database = this.#database;
    this.#database = undefined;
    await database?.then(
      (open) => open.close(),
      () => undefined, // whoever waits for it is told
    );
  }
}

async function inTransaction<T>(
  database: IDBPDatabase,
  { stores, mode, durability }: TransactionOptions,
  work: (transaction: IdbTransaction) => Promise<T>,
): Promise<T> {
  const transaction = database.transaction(stores, mode, { durability });
  transaction.done.catch(() => undefined); // told below
  try {
    const result = await work(new IdbTransaction(transaction));
    if (mode === 'readonly') return result;
    transaction.commit();
    await transaction.done;
    return result;
  } catch (error) {
    // A request that fails because the transaction does has no more to say than that it was aborted.
    const cause = error instanceof TrialbaseError ? error : (transaction.error ?? error);
    if (mode === 'readwrite') abort(transaction);
    throw cause;
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

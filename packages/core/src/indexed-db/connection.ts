import { StorageClosedError } from '../errors.js';
import type { DocumentTransaction } from './document-transaction.js';
import { failureOf } from './failure.js';
import { inTurn, PageLeft } from './in-turn.js';
import type { ObjectStoreName } from './object-stores.js';

/** What a transaction is to be. */
export interface TransactionOptions {
  readonly stores: readonly ObjectStoreName[];
  readonly mode: 'readonly' | 'readwrite';
  readonly durability: 'relaxed' | 'strict';
}

/** The work of a transaction: it awaits nothing but the transaction. */
export type Work<T> = (transaction: DocumentTransaction) => Promise<T>;

/** An open database, by whatever library it was opened. */
export interface Transactor {
  /** Does the work in one transaction: all of it is stored, or nothing is. */
  transact<T>(options: TransactionOptions, work: Work<T>): Promise<T>;
  /** Lets transactions that were begun end. */
  close(): void | Promise<void>;
}

/**
 * Opens the database.
 *
 * @param options.create whether to create it where there is none.
 * @param options.onClosed to be called when it is closed because another connection needs it to be, or by the browser.
 */
export type Open = (options: {
  readonly create: boolean;
  readonly onClosed: () => void;
}) => Promise<Transactor>;

export interface ConnectionOptions {
  /** The name of the database. */
  readonly name: string;
  /** How many milliseconds a transaction may wait for those of others. */
  readonly callTimeout: number;
}

/**
 * The errors by which a connection or a transaction that the browser has dropped is known, also where Dexie names them. Nothing
 * of the transaction was stored.
 */
const DROPPED: ReadonlySet<string> = new Set([
  'InvalidStateError',
  'UnknownError',
  'AbortError',
  'TransactionInactiveError',
  // Chromium ends so a transaction that does not go on: that of a page that has hung, for example.
  'TimeoutError',
  'DatabaseClosedError',
  'OpenFailedError',
]);

/** Nothing that was to happen a little later happens in a page that was left or frozen, until it comes back. In milliseconds. */
const A_LITTLE_LATER = 50;

/** Waits until the page goes on, in the zone where `database` is waited for. */
function pageRuns(database: Promise<unknown>): Promise<unknown> {
  const later = (): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, A_LITTLE_LATER);
    });
  return database.then(later, later);
}

/**
 * A connection to a database that gives way to others and comes back by itself: it is closed when another tab wants to
 * upgrade or delete the database, when the page is left or frozen, and when the browser drops it; the next call opens it again.
 */
export class Connection {
  readonly #name: string;
  readonly #callTimeout: number;
  readonly #openAnew: Open;
  #database: Promise<Transactor> | undefined;
  #closed = false;
  /** One for each call under way: where more than ten listen to one signal, Node warns of a leak. */
  readonly #calls = new Set<AbortController>();
  readonly #letGo = (): void => {
    const left = new PageLeft(`The page that uses '${this.#name}' was left`);
    for (const call of this.#calls) call.abort(left);
    void this.#drop();
  };

  private constructor({ name, callTimeout }: ConnectionOptions, open: Open) {
    this.#name = name;
    this.#callTimeout = callTimeout;
    this.#openAnew = open;
  }

  /** @throws as `open` does. */
  static async to(options: ConnectionOptions, open: Open): Promise<Connection> {
    const connection = new Connection(options, open);
    await connection.#open({ create: true });
    // A page that is frozen, or in the back-forward cache, could keep the writes of others, and an upgrade, waiting for good.
    globalThis.addEventListener?.('pagehide', connection.#letGo);
    globalThis.document?.addEventListener('freeze', connection.#letGo);
    return connection;
  }

  /**
   * Does the work in one transaction: all of it is stored, or nothing is. Where the connection turns out to have been
   * dropped, it is done once more.
   *
   * @throws what the work throws; StorageFullError, StorageUnavailableError, StorageClosedError.
   */
  async transact<T>(options: TransactionOptions, work: Work<T>): Promise<T> {
    try {
      return await this.#attempt(options, work);
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
    globalThis.document?.removeEventListener('freeze', this.#letGo);
    await this.#drop();
  }

  /** Nothing is awaited: Dexie's promises go on in the zone of the caller, by which a `liveQuery` knows what it has read. */
  #attempt<T>(options: TransactionOptions, work: Work<T>, isLast = false): Promise<T> {
    this.checkOpen();
    const database = this.#database ?? this.#open({ create: false });
    const call = new AbortController();
    this.#calls.add(call);
    const waiting = { name: this.#name, timeout: this.#callTimeout, signal: call.signal };
    return database
      .then((open) => open.transact(options, (transaction) => inTurn(transaction, waiting, work)))
      .finally(() => this.#calls.delete(call))
      .catch((error: unknown) => {
        if (error instanceof PageLeft)
          return pageRuns(database).then(() => this.#attempt(options, work, isLast));
        if (isLast || !(error instanceof Error && DROPPED.has(error.name))) throw error;
        void this.#drop(database);
        return this.#attempt(options, work, true);
      });
  }

  #open({ create }: { readonly create: boolean }): Promise<Transactor> {
    const forget = (): void => {
      if (this.#database === opening) this.#database = undefined;
    };
    const opening = this.#openAnew({ create, onClosed: forget });
    opening.catch(forget);
    this.#database = opening;
    return opening;
  }

  /** Closes the connection once its transactions have ended. */
  async #drop(database = this.#database): Promise<void> {
    if (this.#database === database) this.#database = undefined;
    await database?.then(
      (open) => open.close(),
      () => undefined, // whoever waits for it is told
    );
  }
}

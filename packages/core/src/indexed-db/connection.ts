import { StorageClosedError } from '../errors.js';
import { CallsUnderWay, PageLeft } from './calls-under-way.js';
import { failureOf, isDropped } from './failure.js';
import { storeIsGone } from './opening.js';
import type { Open, TransactionOptions, Transactor, Work } from './transactor.js';

export interface ConnectionOptions {
  /** The name of the database. */
  readonly name: string;
  /** How many milliseconds a transaction may wait for those of others. */
  readonly callTimeout: number;
}

/** A database from the moment that it is asked for. */
interface OpenedDatabase {
  readonly opening: Promise<Transactor>;
  /** Set once it is open. */
  open: Transactor | undefined;
}

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
  readonly #openAnew: Open;
  #database: OpenedDatabase | undefined;
  /** Set when `close()` is called. */
  #closing: Promise<void> | undefined;
  /** By another connection: there may be a database of that name again, but it is another one. */
  #isDeleted = false;
  readonly #calls: CallsUnderWay;
  readonly #letGo = (): void => {
    this.#calls.end(new PageLeft(`The page that uses '${this.#name}' was left`));
    void this.#drop();
  };

  private constructor({ name, callTimeout }: ConnectionOptions, open: Open) {
    this.#name = name;
    this.#calls = new CallsUnderWay({ name, timeout: callTimeout });
    this.#openAnew = open;
  }

  /** @throws as `open` does. */
  static async to(options: ConnectionOptions, open: Open): Promise<Connection> {
    const connection = new Connection(options, open);
    await connection.#open({ create: true }).opening;
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
  transact<T>(options: TransactionOptions, work: Work<T>): Promise<T> {
    return this.#attempt(options, work, { isLast: false });
  }

  /** @throws StorageClosedError after `close()`. */
  checkOpen(): void {
    if (this.#closing) throw this.#closedError();
  }

  /** Waits for the calls that are under way. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#calls.allEnded();
    globalThis.removeEventListener?.('pagehide', this.#letGo);
    globalThis.document?.removeEventListener('freeze', this.#letGo);
    await this.#drop();
  }

  /**
   * Nothing is awaited: Dexie's promises go on in the zone of the caller, by which a `liveQuery` knows what it has read. And no
   * promise is made that is not needed: to Firefox a dozen of them are a tenth of a call.
   */
  #attempt<T>(options: TransactionOptions, work: Work<T>, { isLast }: { isLast: boolean }): Promise<T> {
    if (this.#closing) return Promise.reject(this.#closedError());
    if (this.#isDeleted) return Promise.reject(storeIsGone(this.#name));
    const database = this.#database ?? this.#open({ create: false });
    const call = this.#calls.begin();
    const begin = (open: Transactor): Promise<T> =>
      open.transact(options, (transaction) => call.inTurn(transaction, work));
    const transacting = database.open ? begin(database.open) : database.opening.then(begin);
    return transacting.then(
      (result) => {
        this.#calls.takeOut(call);
        return result;
      },
      (error: unknown) => {
        this.#calls.takeOut(call);
        if (error instanceof PageLeft)
          return pageRuns(database.opening).then(() => this.#attempt(options, work, { isLast }));
        if (isLast || !isDropped(error)) throw failureOf(error, this.#name);
        void this.#drop(database);
        return this.#attempt(options, work, { isLast: true });
      },
    );
  }

  #open({ create }: { readonly create: boolean }): OpenedDatabase {
    const forget = (isDeleted: boolean): void => {
      this.#isDeleted ||= isDeleted;
      if (this.#database === database) this.#database = undefined;
    };
    const opening = this.#openAnew({ create, onClosed: forget });
    const database: OpenedDatabase = { opening, open: undefined };
    opening.then(
      (open) => {
        database.open = open;
      },
      () => forget(false),
    );
    this.#database = database;
    return database;
  }

  /** Closes the connection once its transactions have ended. */
  async #drop(database = this.#database): Promise<void> {
    if (this.#database === database) this.#database = undefined;
    await database?.opening.then(
      (open) => open.close(),
      () => undefined, // whoever waits for it is told
    );
  }

  #closedError(): StorageClosedError {
    return new StorageClosedError(`'${this.#name}'`);
  }
}

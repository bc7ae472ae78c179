import {
  ChangeFeed,
  type ChangeListener,
  type Collection,
  type Condition,
  carryOut,
  collections,
  countIn,
  type Fields,
  type FindOptions,
  findIn,
  InvalidConfigurationError,
  type Locks,
  type OpenDatabase,
  type Outcomes,
  type Step,
  type WriteOptions,
  webLocks,
} from '@trialbase/core/adapter';
import { Connection } from './connection.js';

/** How to open a store in IndexedDB. */
export interface IdbOptions {
  /** The name of the database, within its origin. Default: `trialbase`. */
  readonly name?: string;
  /**
   * What an acknowledged write survives. `relaxed`: the death of the browser. `strict`: a loss of power too, heartbeats
   * aside, at 1.3 to 2.5 times the price. Default: `relaxed`.
   */
  readonly durability?: 'relaxed' | 'strict';
  /** How long opening may take, in milliseconds, where another tab holds the database. Default: 10,000. */
  readonly openTimeout?: number;
  /** The locks shared by all who open this database. Default: the Web Locks of the origin, where the page has them. */
  readonly locks?: Locks;
}

/**
 * Opens a store in IndexedDB, shared with all tabs and workers of the origin.
 *
 * @throws StorageUnavailableError if there is no IndexedDB, it is not allowed, or the database is not to be had in time.
 * @throws StorageFullError if there is no room.
 * @throws UnsupportedVersionError if a newer version made the database.
 * @throws InvalidConfigurationError if an option makes no sense.
 */
export async function openIdb(options: IdbOptions = {}): Promise<OpenDatabase> {
  const { name, durability, openTimeout, locks } = checked(options);
  // Whoever opens the same database, be it through Dexie, has to meet the others at the locks and in the channel.
  const scope = `trialbase/${name}`;
  const connection = await Connection.open(name, openTimeout);
  return new IdbDatabase(connection, durability, locks ?? webLocks(scope), new ChangeFeed(scope));
}

function checked(options: IdbOptions) {
  const { name = 'trialbase', durability = 'relaxed', openTimeout = 10_000, locks } = options;
  if (typeof name !== 'string' || name === '') throw invalid('name', name, 'the name of a database');
  if (durability !== 'relaxed' && durability !== 'strict')
    throw invalid('durability', durability, "'relaxed' or 'strict'");
  if (!(openTimeout > 0)) throw invalid('openTimeout', openTimeout, 'a number of milliseconds above 0');
  return { name, durability, openTimeout, locks };
}

function invalid(option: string, value: unknown, expected: string): InvalidConfigurationError {
  return new InvalidConfigurationError(`The option '${option}' is ${String(value)}: give ${expected}`);
}

class IdbDatabase implements OpenDatabase {
  readonly locks: Locks | undefined;
  readonly #connection: Connection;
  readonly #durability: 'relaxed' | 'strict';
  readonly #feed: ChangeFeed;

  constructor(
    connection: Connection,
    durability: 'relaxed' | 'strict',
    locks: Locks | undefined,
    feed: ChangeFeed,
  ) {
    this.#connection = connection;
    this.#durability = durability;
    this.locks = locks;
    this.#feed = feed;
  }

  find(collection: Collection, where: Condition, options?: FindOptions): Promise<Fields[]> {
    return this.#connection.transact(reading(collection), (transaction) =>
      findIn(transaction, collection, where, options),
    );
  }

  count(collection: Collection, where: Condition): Promise<number> {
    return this.#connection.transact(reading(collection), (transaction) =>
      countIn(transaction, collection, where),
    );
  }

  async write<const S extends readonly Step[]>(steps: S, options: WriteOptions = {}): Promise<Outcomes<S>> {
    const named = new Set(steps.map(({ collection }) => collection));
    // A transaction over nothing is none, and a write of no steps may still find the store closed.
    const stores = named.size > 0 ? [...named] : collections;
    const { durability = this.#durability } = options;
    const { outcomes, touched } = await this.#connection.transact(
      { stores, mode: 'readwrite', durability },
      (transaction) => carryOut(transaction, steps),
    );
    if (touched.length > 0) this.#feed.tell(touched);
    return outcomes;
  }

  watch(listener: ChangeListener): () => void {
    this.#connection.checkOpen();
    return this.#feed.watch(listener);
  }

  async close(): Promise<void> {
    this.#feed.close();
    await this.#connection.close();
  }
}

function reading(collection: Collection) {
  return { stores: [collection], mode: 'readonly', durability: 'relaxed' } as const;
}

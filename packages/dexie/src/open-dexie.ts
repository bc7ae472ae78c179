import {
  ChangeFeed,
  type Collection,
  type Condition,
  carryOut,
  collections,
  countIn,
  type Fields,
  type FindOptions,
  failureOf,
  findIn,
  type Locks,
  type OpenDatabase,
  type Outcomes,
  type Step,
  type Touched,
  webLocks,
} from '@trialbase/core/adapter';
import { Dexie } from 'dexie';
import { DexieTransaction } from './dexie-transaction.js';
import { trialbaseTables } from './trialbase-tables.js';

/** How to open a store in IndexedDB through Dexie. */
export interface DexieOptions {
  /** The name of the database, within its origin. Default: `trialbase`. */
  readonly name?: string;
  readonly durability?: 'relaxed' | 'strict';
  /** How long opening may take, in milliseconds, where another tab holds the database. Default: 10,000. */
  readonly openTimeout?: number;
  /** The locks shared by all who open this database. Default: the Web Locks of the origin, where the page has them. */
  readonly locks?: Locks;
}

/** Opens a store in IndexedDB through Dexie. */
export async function openDexie(options: DexieOptions = {}): Promise<OpenDatabase> {
  const { name = 'trialbase', durability = 'relaxed', locks } = options;
  const scope = `trialbase/${name}`;
  const dexie = new Dexie(name, { chromeTransactionDurability: durability });
  dexie.version(1).stores(trialbaseTables());
  await dexie.open();
  return new DexieDatabase(dexie, '', locks ?? webLocks(scope), new ChangeFeed(scope));
}

class DexieDatabase implements OpenDatabase {
  readonly locks: Locks | undefined;
  readonly #dexie: Dexie;
  readonly #prefix: string;
  readonly #feed: ChangeFeed;

  constructor(dexie: Dexie, prefix: string, locks: Locks | undefined, feed: ChangeFeed) {
    this.#dexie = dexie;
    this.#prefix = prefix;
    this.locks = locks;
    this.#feed = feed;
  }

  find(collection: Collection, where: Condition, options?: FindOptions): Promise<Fields[]> {
    return this.#transact('r!', [collection], (transaction) =>
      findIn(transaction, collection, where, options),
    );
  }

  count(collection: Collection, where: Condition): Promise<number> {
    return this.#transact('r!', [collection], (transaction) => countIn(transaction, collection, where));
  }

  async write<const S extends readonly Step[]>(steps: S): Promise<Outcomes<S>> {
    const named = new Set(steps.map(({ collection }) => collection));
    const { outcomes, touched } = await this.#transact(
      'rw!',
      named.size > 0 ? [...named] : collections,
      (transaction) => carryOut(transaction, steps),
    );
    this.#feed.tell(touched);
    return outcomes;
  }

  watch(listener: (touched: readonly Touched[]) => void): () => void {
    return this.#feed.watch(listener);
  }

  async close(): Promise<void> {
    this.#feed.close();
    this.#dexie.close();
  }

  async #transact<T>(
    mode: 'r!' | 'rw!',
    stores: readonly Collection[],
    work: (transaction: DexieTransaction) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.#dexie.transaction(
        mode,
        stores.map((store) => this.#prefix + store),
        async (transaction) => work(new DexieTransaction(transaction, this.#prefix)),
      );
    } catch (error) {
      throw failureOf(error, this.#dexie.name);
    }
  }
}

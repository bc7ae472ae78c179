import type { ChangeListener, FindOptions, OpenDatabase, Outcomes, Step, WriteOptions } from '../database.js';
import type { Fields } from '../document.js';
import type { Locks } from '../locks/locks.js';
import { webLocks } from '../locks/web-locks.js';
import type { Condition } from '../query/condition.js';
import { type Collection, collections } from '../schema.js';
import { ChangeFeed } from '../watching/change-feed.js';
import { carryOut } from './carry-out.js';
import { Connection } from './connection.js';
import { countedKeys, countKept, mayChangeCounts } from './counts.js';
import type { ObjectStoreName } from './object-stores.js';
import { countIn, findIn, isOneRequest, routeTo } from './query.js';
import type { Open, TransactionOptions } from './transactor.js';

/** Where a store is kept, and how. */
export interface IndexedDbPlace {
  /** The name of the database. */
  readonly name: string;
  /** What tells the store from others in the same database. Default: nothing. */
  readonly prefix?: string;
  readonly durability: 'relaxed' | 'strict';
  /** How many milliseconds a call may wait for others that write to the store. */
  readonly callTimeout: number;
  /** Default: the Web Locks of the origin, where the page has them. */
  readonly locks?: Locks | undefined;
}

/** Opens a store in a database of IndexedDB, by whatever library `open` opens that. */
export async function openIndexedDbStore(place: IndexedDbPlace, open: Open): Promise<OpenDatabase> {
  const connection = await Connection.to(place, open);
  return new IndexedDbStore(connection, place);
}

/** Each call is one transaction. */
class IndexedDbStore implements OpenDatabase {
  readonly locks: Locks | undefined;
  readonly #connection: Connection;
  readonly #durability: 'relaxed' | 'strict';
  readonly #feed: ChangeFeed;

  constructor(connection: Connection, { name, prefix, durability, locks }: IndexedDbPlace) {
    // Whoever opens the same store, by whatever library, has to meet the others at the locks and in the channel.
    const scope = `trialbase/${name}${prefix ? `/${prefix}` : ''}`;
    this.locks = locks ?? webLocks(scope);
    this.#connection = connection;
    this.#durability = durability;
    this.#feed = new ChangeFeed(scope);
  }

  find(collection: Collection, where: Condition, options?: FindOptions): Promise<Fields[]> {
    const route = routeTo(collection, where);
    return this.#connection.transact(reading(collection, isOneRequest(route)), (transaction) =>
      findIn(transaction, route, options),
    );
  }

  count(collection: Collection, where: Condition): Promise<number> {
    const route = routeTo(collection, where);
    const keys = countedKeys(route);
    return this.#connection.transact(
      reading(keys ? 'counts' : collection, isOneRequest(route)),
      (transaction) => (keys ? countKept(transaction, collection, keys) : countIn(transaction, route)),
    );
  }

  write<const S extends readonly Step[]>(steps: S, options: WriteOptions = {}): Promise<Outcomes<S>> {
    const named = new Set<ObjectStoreName>(steps.map(({ collection }) => collection));
    if (steps.some(mayChangeCounts)) named.add('counts');
    const { durability = this.#durability } = options;
    return this.#connection.transact(
      // A transaction over nothing is none, and a write of no steps may still find the store closed.
      {
        stores: named.size > 0 ? [...named] : collections,
        mode: 'readwrite',
        durability,
        isOneRequest: false,
      },
      async (transaction) => {
        const { outcomes, touched } = await carryOut(transaction, steps);
        // Before it is stored, as this tab may end with that: who is told and looks has to wait for the transaction.
        if (touched.length > 0) this.#feed.tell(touched);
        return outcomes;
      },
    );
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

function reading(store: ObjectStoreName, oneRequest: boolean): TransactionOptions {
  return { stores: [store], mode: 'readonly', durability: 'relaxed', isOneRequest: oneRequest };
}

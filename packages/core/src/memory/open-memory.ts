import type { ChangeListener, FindOptions, OpenDatabase, Outcomes, Step } from '../database.js';
import type { Fields } from '../document.js';
import { StorageClosedError } from '../errors.js';
import { EventLoopTurns } from '../event-loop-turns.js';
import type { Condition } from '../query/condition.js';
import { type Collection, schema } from '../schema.js';
import { ChangeFeed } from '../watching/change-feed.js';
import { Listeners } from '../watching/listeners.js';
import { QueueLocks } from './queue-locks.js';
import { Tables } from './tables.js';
import { touchedBy } from './touched-by.js';

/** The data of memory databases: those opened on the same store share it. */
export class MemoryStore {
  readonly tables: Tables = new Tables(schema);
  readonly locks: QueueLocks = new QueueLocks();
  readonly changes: ChangeFeed = new ChangeFeed();
}

/** Where {@link openMemory} keeps its documents. */
export interface MemoryOptions {
  /** The data to work on. Default: an empty store of its own. */
  readonly store?: MemoryStore;
}

/** Opens a database in memory: as fast as can be, gone with the process. The EphemeralDB of Orion. */
export async function openMemory(options: MemoryOptions = {}): Promise<OpenDatabase> {
  return new MemoryDatabase(options.store ?? new MemoryStore());
}

class MemoryDatabase implements OpenDatabase {
  readonly locks: QueueLocks;
  readonly #changes: ChangeFeed;
  readonly #listeners: Listeners;
  readonly #turns = new EventLoopTurns();
  #tables: Tables | undefined;

  constructor(store: MemoryStore) {
    this.locks = store.locks;
    this.#changes = store.changes;
    this.#listeners = new Listeners((tell) => store.changes.watch(tell));
    this.#tables = store.tables;
  }

  async find(collection: Collection, where: Condition, options?: FindOptions): Promise<Fields[]> {
    const found = this.#open().find(collection, where, options);
    await this.#turns.due();
    return found;
  }

  async count(collection: Collection, where: Condition): Promise<number> {
    const count = this.#open().count(collection, where);
    await this.#turns.due();
    return count;
  }

  async write<const S extends readonly Step[]>(steps: S): Promise<Outcomes<S>> {
    const { outcomes, effects } = this.#open().execute(steps);
    if (effects.length > 0 && this.#changes.isHeard) this.#changes.tell(touchedBy(effects));
    await this.#turns.due();
    return outcomes;
  }

  watch(listener: ChangeListener): () => void {
    this.#open();
    return this.#listeners.watch(listener);
  }

  async close(): Promise<void> {
    this.#tables = undefined;
    this.#listeners.close();
  }

  #open(): Tables {
    if (this.#tables === undefined) throw new StorageClosedError('The memory database');
    return this.#tables;
  }
}

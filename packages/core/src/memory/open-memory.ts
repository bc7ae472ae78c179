import type { FindOptions, OpenDatabase, Outcomes, Step } from '../database.js';
import type { Fields } from '../document.js';
import { StorageClosedError } from '../errors.js';
import type { Condition } from '../query/condition.js';
import { type Collection, schema } from '../schema.js';
import { QueueLocks } from './queue-locks.js';
import { Tables } from './tables.js';

/** The data of memory databases: those opened on the same store share it. */
export class MemoryStore {
  readonly tables: Tables = new Tables(schema);
  readonly locks: QueueLocks = new QueueLocks();
}

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
  #tables: Tables | undefined;

  constructor(store: MemoryStore) {
    this.#tables = store.tables;
    this.locks = store.locks;
  }

  async find(collection: Collection, where: Condition, options?: FindOptions): Promise<Fields[]> {
    return this.#open().find(collection, where, options);
  }

  async count(collection: Collection, where: Condition): Promise<number> {
    return this.#open().count(collection, where);
  }

  async write<const S extends readonly Step[]>(steps: S): Promise<Outcomes<S>> {
    return this.#open().execute(steps).outcomes;
  }

  async close(): Promise<void> {
    this.#tables = undefined;
  }

  #open(): Tables {
    if (this.#tables === undefined) throw new StorageClosedError('The memory database');
    return this.#tables;
  }
}

import type { Locks, OpenDatabase } from '../src/adapter.js';
import { MemoryStore, openMemory } from '../src/index.js';
import type { DatabaseConnector } from '../src/testing/index.js';

/** The same database with other locks, or with none. */
export function withLocks(database: OpenDatabase, locks: Locks | undefined): OpenDatabase {
  return {
    locks,
    find: (collection, where, options) => database.find(collection, where, options),
    count: (collection, where) => database.count(collection, where),
    write: (steps, options) => database.write(steps, options),
    watch: (listener) => database.watch(listener),
    close: () => database.close(),
  };
}

/** Databases in memory. @param makeLocks makes the locks of each, which its connections share. */
export function memoryWith(makeLocks: () => Locks | undefined): DatabaseConnector {
  return {
    async create() {
      const store = new MemoryStore();
      const locks = makeLocks();
      return {
        connect: async () => withLocks(await openMemory({ store }), locks),
        remove: async () => undefined,
      };
    },
  };
}

import { MemoryStore, openMemory } from '../src/memory/open-memory.js';
import {
  type DatabaseConnector,
  describeDatabase,
  describeStorage,
  storageOver,
} from '../src/testing/index.js';
import { memoryWith } from './with-locks.js';

const memory: DatabaseConnector = {
  async create() {
    const store = new MemoryStore();
    return { connect: () => openMemory({ store }), remove: async () => undefined };
  },
};

describeDatabase('memory', memory);
describeStorage('memory', storageOver(memory));
describeStorage('memory, with leases where it has no locks', storageOver(memoryWith(() => undefined)));

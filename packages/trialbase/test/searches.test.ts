import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryStore, openMemory } from '@trialbase/core';
import { openDexie } from '@trialbase/dexie';
import { openFile } from '@trialbase/file';
import { databaseName, remove } from '../../dexie/test/indexed-db.js';
import { searchesOn } from './searches/searches-on.js';

searchesOn('memory', {
  async create() {
    const store = new MemoryStore();
    return { connect: () => openMemory({ store }), remove: async () => undefined };
  },
});

searchesOn('file', {
  async create() {
    const path = await mkdtemp(join(tmpdir(), 'trialbase-searches-'));
    // It is sealed often, so that states are read from snapshots too.
    return { connect: () => openFile({ path, growth: 2_000 }), remove: () => rm(path, { recursive: true }) };
  },
});

searchesOn('dexie', {
  async create() {
    const name = databaseName();
    return { connect: () => openDexie({ name }), remove: () => remove(name) };
  },
});

import { openMemory, StorageRegistry } from '@trialbase/core';
import { openIdb } from '@trialbase/idb';

/** The stores that can be opened by name in a browser. */
export const registry: StorageRegistry = new StorageRegistry('idb', {
  idb: {
    aliases: ['indexeddb'],
    options: ['name', 'durability', 'openTimeout', 'callTimeout', 'locks'],
    host: 'name',
    open: (options) => openIdb(options),
  },
  dexie: {
    options: ['name', 'durability', 'openTimeout', 'callTimeout', 'locks'],
    host: 'name',
    // Dexie is ten times the size of all else here: it is loaded by those who ask for it.
    open: async (options) => (await import('@trialbase/dexie')).openDexie(options),
  },
  memory: { aliases: ['ephemeraldb'], options: [], open: () => openMemory() },
});

import { QueueLocks, webLocks } from '@trialbase/core/adapter';
import {
  type DatabaseConnector,
  describeDatabase,
  describeIndexedDb,
  describeStorage,
  storageOver,
} from '@trialbase/core/testing';
import { type DexieOptions, openDexie } from '@trialbase/dexie';
import { databaseName, remove } from './indexed-db.js';

const hasWebLocks = webLocks('') !== undefined;

function stores(options: DexieOptions = {}): DatabaseConnector {
  return {
    async create() {
      const name = databaseName();
      // Where the platform has no locks, as Node before 24, the tests bring some.
      const locks = hasWebLocks ? {} : { locks: new QueueLocks() };
      return {
        connect: () => openDexie({ name, ...locks, ...options }),
        remove: () => remove(name),
      };
    },
  };
}

describeDatabase('dexie', stores());
describeStorage('dexie', storageOver(stores()));
describeStorage('dexie, strict', storageOver(stores({ durability: 'strict' })));
describeIndexedDb('dexie', { open: (name, options) => openDexie({ name, ...options }) });

import { QueueLocks, webLocks } from '@trialbase/core/adapter';
import {
  type DatabaseConnector,
  describeDatabase,
  describeIndexedDb,
  describeStorage,
  storageOver,
} from '@trialbase/core/testing';
import { openDexie } from '@trialbase/dexie';
import type { Dexie } from 'dexie';
import { friendsDatabase, PREFIX } from './friends-database.js';
import { databaseName, remove } from './indexed-db.js';

/** Where the platform has no locks, as Node before 24, the tests bring some. */
function locks(): { locks?: QueueLocks } {
  return webLocks('') === undefined ? { locks: new QueueLocks() } : {};
}

function own(options: { readonly durability?: 'strict' } = {}): DatabaseConnector {
  return {
    async create() {
      const name = databaseName();
      const shared = { name, ...locks(), ...options };
      return { connect: () => openDexie(shared), remove: () => remove(name) };
    },
  };
}

/** Each connection is that of another tab of the application. */
function inFriends(): DatabaseConnector {
  return {
    async create() {
      const name = databaseName();
      const shared = { prefix: PREFIX, ...locks() };
      const tabs: Dexie[] = [];
      return {
        connect() {
          const database = friendsDatabase(name);
          tabs.push(database);
          return openDexie({ database, ...shared });
        },
        async remove() {
          for (const tab of tabs) tab.close();
          await remove(name);
        },
      };
    },
  };
}

describeDatabase('dexie', own());
describeStorage('dexie', storageOver(own()));
// How durable a write is, and where in a database it lands, only the adapter knows.
describeDatabase('dexie, strict', own({ durability: 'strict' }));
describeDatabase("dexie, in the application's database", inFriends());
describeIndexedDb('dexie', { open: (name, options) => openDexie({ name, ...options }) });

import { type OpenDatabase, QueueLocks, webLocks } from '@trialbase/core/adapter';
import {
  type DatabaseConnector,
  describeDatabase,
  describeIndexedDb,
  describeStorage,
  storageOver,
} from '@trialbase/core/testing';
import { type IdbOptions, openIdb } from '@trialbase/idb';
import { databaseName, remove } from './indexed-db.js';

const hasWebLocks = webLocks('') !== undefined;

function stores(options: IdbOptions = {}): DatabaseConnector {
  return {
    async create() {
      const name = databaseName();
      // Where the platform has no locks, as Node before 24, the tests bring some.
      const locks = hasWebLocks ? {} : { locks: new QueueLocks() };
      return {
        connect: () => openIdb({ name, ...locks, ...options }),
        remove: () => remove(name),
      };
    },
  };
}

/** As in a page that was not loaded securely. */
function withoutLocks(connector: DatabaseConnector): DatabaseConnector {
  return {
    async create() {
      const site = await connector.create();
      return { ...site, connect: async () => lacking(await site.connect()) };
    },
  };
}

function lacking(database: OpenDatabase): OpenDatabase {
  return {
    locks: undefined,
    find: (...options) => database.find(...options),
    count: (...options) => database.count(...options),
    write: (...options) => database.write(...options),
    watch: (...options) => database.watch(...options),
    close: () => database.close(),
  };
}

describeDatabase('idb', stores());
describeStorage('idb', storageOver(stores()));
// How durable a write is, only the database knows.
describeDatabase('idb, strict', stores({ durability: 'strict' }));
describeStorage('idb, with leases where the page has no locks', storageOver(withoutLocks(stores())));
describeIndexedDb('idb', { open: (name, options) => openIdb({ name, ...options }) });

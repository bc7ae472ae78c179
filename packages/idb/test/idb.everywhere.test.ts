import { QueueLocks, webLocks } from '@trialbase/core/adapter';
import {
  type DatabaseConnector,
  describeDatabase,
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

describeDatabase('idb', stores());
describeStorage('idb', storageOver(stores()));
describeStorage('idb, strict', storageOver(stores({ durability: 'strict' })));

import {
  type Collection,
  type CountableIndex,
  countAnew,
  ID_PATH,
  indexName,
  type KeyFields,
  keyPath,
  type ObjectStoreName,
  objectStoreNames,
  objectStores,
  type StoredRecord,
  toRecord,
} from '@trialbase/core/adapter';
import { type IDBPObjectStore, type IDBPTransaction, unwrap } from 'idb';
import { IdbTransaction } from './idb-transaction.js';

type Upgrade = IDBPTransaction<unknown, string[], 'versionchange'>;
type Store = IDBPObjectStore<unknown, string[], ObjectStoreName, 'versionchange'>;

/** Makes the object stores and their indexes those that the schema declares. The documents stay, and are counted. */
export async function arrangeStores(upgrade: Upgrade): Promise<void> {
  for (const name of objectStoreNames) {
    const existing = upgrade.objectStoreNames.contains(name);
    const store = existing
      ? upgrade.objectStore(name)
      : upgrade.db.createObjectStore(name, { keyPath: ID_PATH });
    await arrangeIndexes(store, name);
  }
  await upgrade.objectStore('counts').clear();
  await countAnew(new IdbTransaction(unwrap(upgrade)), (...of) => countable(upgrade, ...of));
}

async function arrangeIndexes(store: Store, name: ObjectStoreName): Promise<void> {
  const wanted = objectStores[name];
  const indexes = new Map<string, { readonly fields: KeyFields; readonly unique: boolean }>();
  for (const fields of wanted.unique) indexes.set(indexName(fields), { fields, unique: true });
  for (const fields of wanted.indexes) indexes.set(indexName(fields), { fields, unique: false });
  for (const index of Array.from(store.indexNames)) if (!indexes.has(index)) store.deleteIndex(index);
  const missing = [...indexes].filter(([index]) => !store.indexNames.contains(index));
  if (missing.length === 0) return;
  // An older version may not have put beside its documents what the new indexes are made on.
  await writeAnew(store, name);
  for (const [index, { fields, unique }] of missing) store.createIndex(index, keyPath(fields), { unique });
}

async function writeAnew(store: Store, name: ObjectStoreName): Promise<void> {
  for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue()) {
    const { document } = cursor.value as StoredRecord;
    await cursor.update(toRecord(name, document));
  }
}

/** Cursors are no way to go through it: WebKit opens none over an empty index. */
function countable(upgrade: Upgrade, collection: Collection, name: string): CountableIndex {
  const index = upgrade.objectStore(collection).index(name);
  return {
    next: async (key) => {
      const [record] = (await index.getAll(IDBKeyRange.lowerBound(key, true), 1)) as StoredRecord[];
      return record?.document;
    },
    count: (key) => index.count(key as IDBValidKey),
  };
}

import {
  CountChanges,
  collections,
  ID_PATH,
  indexKey,
  indexName,
  type KeyFields,
  keyOf,
  keyPath,
  type ObjectStoreName,
  objectStoreNames,
  objectStores,
  type StoredRecord,
  schema,
  toRecord,
} from '@trialbase/core/adapter';
import type { IDBPObjectStore, IDBPTransaction } from 'idb';
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
  await countAnew(upgrade);
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

/** Of all documents with the same key one is read: the index counts them. */
async function countAnew(upgrade: Upgrade): Promise<void> {
  const counts = new CountChanges(new IdbTransaction(upgrade));
  await upgrade.objectStore('counts').clear();
  for (const collection of collections) {
    const { countedBy } = schema[collection];
    if (!countedBy) continue;
    const index = upgrade.objectStore(collection).index(indexName(countedBy));
    let [record] = (await index.getAll(undefined, 1)) as (StoredRecord | undefined)[];
    while (record) {
      const key = indexKey(keyOf(record.document, countedBy));
      counts.add(collection, record.document, await index.count(key as IDBValidKey));
      record = await index.get(IDBKeyRange.lowerBound(key, true));
    }
  }
  await counts.store();
}

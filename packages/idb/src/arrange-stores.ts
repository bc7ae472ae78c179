import {
  type Collection,
  type CollectionSchema,
  collections,
  ID_PATH,
  indexName,
  type KeyFields,
  keyPath,
  type StoredRecord,
  schema,
  toRecord,
} from '@trialbase/core/adapter';
import type { IDBPObjectStore, IDBPTransaction } from 'idb';

type Upgrade = IDBPTransaction<unknown, string[], 'versionchange'>;
type Store = IDBPObjectStore<unknown, string[], Collection, 'versionchange'>;

/** Makes the object stores and their indexes those that the schema declares. The documents stay. */
export async function arrangeStores(upgrade: Upgrade): Promise<void> {
  for (const collection of collections) {
    const existing = upgrade.objectStoreNames.contains(collection);
    const store = existing
      ? upgrade.objectStore(collection)
      : upgrade.db.createObjectStore(collection, { keyPath: ID_PATH });
    await arrangeIndexes(store, collection, schema[collection]);
  }
}

async function arrangeIndexes(store: Store, collection: Collection, wanted: CollectionSchema): Promise<void> {
  const indexes = new Map<string, { readonly fields: KeyFields; readonly unique: boolean }>();
  for (const fields of wanted.unique) indexes.set(indexName(fields), { fields, unique: true });
  for (const fields of wanted.indexes) indexes.set(indexName(fields), { fields, unique: false });
  for (const name of Array.from(store.indexNames)) if (!indexes.has(name)) store.deleteIndex(name);
  const missing = [...indexes].filter(([name]) => !store.indexNames.contains(name));
  if (missing.length === 0) return;
  // An older version may not have put beside its documents what the new indexes are made on.
  await writeAnew(store, collection);
  for (const [name, { fields, unique }] of missing) store.createIndex(name, keyPath(fields), { unique });
}

async function writeAnew(store: Store, collection: Collection): Promise<void> {
  for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue()) {
    const { document } = cursor.value as StoredRecord;
    await cursor.update(toRecord(collection, document));
  }
}

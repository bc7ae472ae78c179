import { type Collection, type Keys, schema } from '../schema.js';

/** What a store consists of in IndexedDB: an object store for each collection, and `counts` for what is counted of them. */
export type ObjectStoreName = Collection | 'counts';

/** The keys by which each object store is looked through. All have the `_id` besides. */
export const objectStores: Readonly<Record<ObjectStoreName, Keys>> = {
  ...schema,
  counts: { unique: [], indexes: [] },
};

/** The names of all object stores. */
export const objectStoreNames = Object.keys(objectStores) as readonly ObjectStoreName[];

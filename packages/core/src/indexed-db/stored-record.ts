import type { Document } from '../document.js';
import { type KeyPart, keyPart } from '../keys.js';
import { type KeyFields, keyFieldsOf, SCHEMA_VERSION } from '../schema.js';
import { type ObjectStoreName, objectStores } from './object-stores.js';

/** Dexie multiplies its versions by ten: a database made through any library can be opened through the others. */
export const DATABASE_VERSION: number = SCHEMA_VERSION * 10;

/** What IndexedDB takes for a key. It knows neither `null` nor booleans, and leaves a record without a key out of an index. */
export type IndexableKey = string | number | Date | readonly IndexableKey[];

/** A document as it lies in an object store: beside it, in a form that can be indexed, the fields that make up its keys. */
export interface StoredRecord {
  readonly keys: Readonly<Record<string, IndexableKey>>;
  readonly document: Document;
}

/** Where the `_id` of a stored record is: the key of every object store. */
export const ID_PATH = 'document._id';

/** The path, or the paths, in a stored record on which an index is made. */
export function keyPath(fields: KeyFields): string | string[] {
  const paths = fields.map((field) => `keys.${field}`);
  return paths.length === 1 ? (paths[0] as string) : paths;
}

/** What an index is called, which is also how Dexie calls it. */
export function indexName(fields: KeyFields): string {
  const path = keyPath(fields);
  return typeof path === 'string' ? path : `[${path.join('+')}]`;
}

/** A key of an index, as a look-up needs it. */
export function indexKey(key: readonly KeyPart[]): IndexableKey {
  const parts = key.map(indexable);
  return parts.length === 1 ? (parts[0] as IndexableKey) : parts;
}

/** The document as it is to be stored. */
export function toRecord(store: ObjectStoreName, document: Document): StoredRecord {
  const keys: Record<string, IndexableKey> = {};
  for (const field of indexedFields[store]) keys[field] = indexable(keyPart(document[field]) ?? null);
  return { keys, document };
}

/** The fields that some index of an object store needs. */
const indexedFields = keyFieldsOf(objectStores);

/**
 * A part of a key in a form that can be indexed. Parts that differ stay different. The arrays are new ones each time:
 * a key in which the same array is met twice is none.
 */
function indexable(part: KeyPart): IndexableKey {
  if (part === null) return [];
  if (typeof part === 'bigint') return new Date(Number(part));
  return Number.isNaN(part) ? ['NaN'] : part;
}

import {
  ID_PATH,
  indexName,
  type ObjectStoreName,
  objectStoreNames,
  objectStores,
} from '@trialbase/core/adapter';

/** How the tables of Trialbase are called in a database. */
export interface TablesOptions {
  /** What their names begin with, such as `trialbase_`. Default: nothing. */
  readonly prefix?: string;
}

/**
 * The tables of Trialbase as Dexie wants them declared, for an application that keeps them in its own database:
 * `db.version(3).stores({ friends: '++id', ...trialbaseTables({ prefix: 'trialbase_' }) })`.
 */
export function trialbaseTables({ prefix = '' }: TablesOptions = {}): Record<string, string> {
  return Object.fromEntries(objectStoreNames.map((name) => [prefix + name, declarations(name).join(',')]));
}

/** The primary key and the indexes of a table, in the words of Dexie. */
export function declarations(name: ObjectStoreName): readonly string[] {
  const { unique, indexes } = objectStores[name];
  return [ID_PATH, ...unique.map((fields) => `&${indexName(fields)}`), ...indexes.map(indexName)];
}

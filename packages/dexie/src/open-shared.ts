import {
  InvalidConfigurationError,
  type ObjectStoreName,
  objectStoreNames,
  openInTime,
  StorageUnavailableError,
} from '@trialbase/core/adapter';
import type { Dexie } from 'dexie';
import { countAnew } from './count-anew.js';
import { declarations } from './trialbase-tables.js';

/** How to open the application's database. */
export interface SharedOpening {
  readonly prefix: string;
  /** How many milliseconds it may take. */
  readonly timeout: number;
  /** Whether it was open before: then a database that the application has closed meanwhile stays closed. */
  readonly again: boolean;
}

/**
 * Opens the application's database, if it is not open.
 *
 * @throws InvalidConfigurationError if it lacks the tables of Trialbase, or declares them otherwise: says what to declare.
 * @throws StorageUnavailableError if the application has closed it, or it cannot be opened in time.
 */
export async function openShared(database: Dexie, { prefix, timeout, again }: SharedOpening): Promise<void> {
  const { name } = database;
  if (again && database.hasBeenClosed()) {
    throw new StorageUnavailableError(`The application has closed '${name}': open it again to go on`);
  }
  await openInTime({ name, timeout, create: true }, async () => {
    await database.open();
    const wrong = objectStoreNames.filter((store) => !isDeclared(database, prefix, store));
    if (wrong.length > 0) throw undeclared(database, prefix, wrong);
    if (!again) await countIfNever(database, prefix);
    return { close: () => undefined }; // it is not ours, however late it comes
  });
}

/** The application may have declared the table of counts later than the others, or an older version filled them. */
async function countIfNever(database: Dexie, prefix: string): Promise<void> {
  if ((await database.table(`${prefix}counts`).limit(1).count()) > 0) return;
  const tables = objectStoreNames.map((store) => prefix + store);
  await database.transaction('rw!', tables, (transaction) => countAnew(transaction, prefix));
}

function isDeclared(database: Dexie, prefix: string, store: ObjectStoreName): boolean {
  const table = database.tables.find(({ name }) => name === prefix + store);
  if (!table) return false;
  const { primKey, indexes } = table.schema;
  const declared = [primKey, ...indexes].map(({ src }) => src);
  return declared.sort().join() === [...declarations(store)].sort().join();
}

function undeclared(database: Dexie, prefix: string, wrong: readonly ObjectStoreName[]): Error {
  const names = wrong.map((store) => `'${prefix}${store}'`).join(', ');
  return new InvalidConfigurationError(
    `'${database.name}' lacks the tables ${names}, or has other indexes in them: declare them in a new version, ` +
      `db.version(${Math.floor(database.verno) + 1}).stores(trialbaseTables({ prefix: '${prefix}' })), before it is opened`,
  );
}

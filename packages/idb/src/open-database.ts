import {
  failureOf,
  StorageUnavailableError,
  TrialbaseError,
  UnsupportedVersionError,
} from '@trialbase/core/adapter';
import { type IDBPDatabase, openDB } from 'idb';
import { arrangeStores, DATABASE_VERSION } from './arrange-stores.js';

/** How to open a database of IndexedDB. */
export interface Opening {
  readonly name: string;
  /** How many milliseconds it may take. */
  readonly timeout: number;
  /** Whether to create it where there is none. */
  readonly create: boolean;
  /** Called when the connection is closed because another one needs it to be, or by the browser. */
  readonly onClosed: () => void;
}

/**
 * Opens a database, creating or upgrading it where that is needed.
 *
 * @throws StorageUnavailableError if it cannot be opened in time: says what holds it.
 * @throws UnsupportedVersionError if a newer version made it.
 */
export async function openDatabase({ name, timeout, create, onClosed }: Opening): Promise<IDBPDatabase> {
  if (!globalThis.indexedDB) {
    throw new StorageUnavailableError(
      `There is no IndexedDB here to keep '${name}' in: use { type: 'memory' }, or in Node { type: 'file' }`,
    );
  }
  // WebKit keeps a database whose creation was given up, so it is better not begun.
  if (!create && !(await exists(name))) throw gone(name);
  let holder: number | undefined;
  let failure: unknown;
  const opening = openDB(name, DATABASE_VERSION, {
    blocked: (version) => {
      holder = version;
    },
    upgrade: (_database, oldVersion, _newVersion, upgrade) => {
      upgrade.done.catch(() => undefined); // the opening fails with it, and tells
      const arranging = oldVersion === 0 && !create ? Promise.reject(gone(name)) : arrangeStores(upgrade);
      arranging.catch((error: unknown) => {
        failure = error;
        upgrade.abort();
      });
    },
    blocking: (_version, _wanted, event) => {
      (event.target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });
  try {
    return await inTime(opening, timeout, () => tooLate(name, timeout, holder));
  } catch (error) {
    throw failure ?? (await explained(error, name));
  }
}

/** The database, or the error that `late` makes when the time is up; a database that comes later is closed. */
async function inTime(
  opening: Promise<IDBPDatabase>,
  timeout: number,
  late: () => Error,
): Promise<IDBPDatabase> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLate = false;
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(late());
    }, timeout);
  });
  opening.then(
    (database) => isLate && database.close(),
    () => undefined,
  );
  try {
    return await Promise.race([opening, timeUp]);
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(name: string, timeout: number, holder: number | undefined): StorageUnavailableError {
  const cause =
    holder === undefined
      ? 'another tab or worker is upgrading or deleting it, or the browser is busy'
      : `another tab or worker holds it open in version ${holder}, which has to be upgraded to ${DATABASE_VERSION}, and does not let go`;
  return new StorageUnavailableError(
    `'${name}' could not be opened within ${timeout} ms: ${cause}. Close the other tabs of this page and try again`,
  );
}

function gone(name: string): StorageUnavailableError {
  return new StorageUnavailableError(
    `'${name}' was deleted while it was open: open the storage again to begin an empty one`,
  );
}

/** The platform's error, as what it means to the caller. */
async function explained(error: unknown, name: string): Promise<unknown> {
  if (error instanceof TrialbaseError || !(error instanceof Error)) return error;
  if (error.name === 'VersionError') {
    return new UnsupportedVersionError(
      `'${name}' is of version ${await versionOf(name)}, and this page knows version ${DATABASE_VERSION}: ` +
        'reload the page, or update Trialbase in it',
    );
  }
  if (error.name === 'QuotaExceededError') return failureOf(error, name);
  return new StorageUnavailableError(
    `'${name}' could not be opened (${error.name}: ${error.message}). Some private windows and blocked site data ` +
      "do this: allow the site to keep data, or use { type: 'memory' }",
    { cause: error },
  );
}

async function exists(name: string): Promise<boolean> {
  return (await indexedDB.databases()).some((database) => database.name === name);
}

/** The version of an existing database. */
async function versionOf(name: string): Promise<number> {
  const database = await openDB(name);
  database.close();
  return database.version;
}

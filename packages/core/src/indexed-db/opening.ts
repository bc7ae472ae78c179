import { StorageUnavailableError, TrialbaseError, UnsupportedVersionError } from '../errors.js';
import { timerDelay } from '../timer-delay.js';
import { failureOf } from './failure.js';
import { DATABASE_VERSION } from './stored-record.js';

/** How to open a database of IndexedDB. */
export interface Opening {
  readonly name: string;
  /** How many milliseconds it may take. */
  readonly timeout: number;
  /** Whether to create it where there is none. */
  readonly create: boolean;
}

/**
 * Opens a database in the time it may take, and says what went wrong otherwise. What comes later is closed.
 *
 * @param open opens it. Where another connection is in the way, `onBlocked` is to be called with the version that it holds.
 * @throws StorageUnavailableError if it cannot be opened in time: says what holds it.
 * @throws UnsupportedVersionError if a newer version made it.
 */
export async function openInTime<D extends { close(): unknown }>(
  opening: Opening,
  open: (onBlocked: (version: number) => void) => Promise<D>,
): Promise<D> {
  const { name, timeout } = opening;
  if (!globalThis.indexedDB) {
    throw new StorageUnavailableError(
      `There is no IndexedDB here to keep '${name}' in: use { type: 'memory' }, or in Node { type: 'file' }`,
    );
  }
  let holder: number | undefined;
  const opened = openOrExplain(opening, () =>
    open((version) => {
      holder = version;
    }),
  );
  return inTime(opened, timeout, () => tooLate(name, timeout, holder));
}

async function openOrExplain<D>({ name, create }: Opening, open: () => Promise<D>): Promise<D> {
  try {
    // WebKit keeps a database whose creation was given up, so it is better not begun.
    if (!create && (await isMissing(name))) throw storeIsGone(name);
    return await open();
  } catch (error) {
    throw await explained(error, name);
  }
}

/** The error for a database that was deleted under an open storage, which does not bring it back. */
export function storeIsGone(name: string): StorageUnavailableError {
  return new StorageUnavailableError(
    `'${name}' was deleted while it was open: open the storage again to begin an empty one`,
  );
}

/** The database, or the error that `late` makes when the time is up. */
async function inTime<D extends { close(): unknown }>(
  opened: Promise<D>,
  timeout: number,
  late: () => Error,
): Promise<D> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLate = false;
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(late());
    }, timerDelay(timeout));
  });
  opened.then(
    (database) => isLate && database.close(),
    () => undefined,
  );
  try {
    return await Promise.race([opened, timeUp]);
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(name: string, timeout: number, holder: number | undefined): StorageUnavailableError {
  const cause =
    holder === undefined
      ? 'another tab or worker is upgrading or deleting it, or the browser is busy'
      : `another tab or worker holds it open in version ${holder}, which has to be upgraded, and does not let go`;
  return new StorageUnavailableError(
    `'${name}' could not be opened within ${timeout} ms: ${cause}. Close the other tabs of this page and try again`,
  );
}

/** The platform's error, as what it means to the caller. */
async function explained(error: unknown, name: string): Promise<unknown> {
  if (error instanceof TrialbaseError || !(error instanceof Error)) return error;
  if (error.name === 'VersionError') {
    const version = (await databases())?.find((database) => database.name === name)?.version;
    return new UnsupportedVersionError(
      `'${name}' is of ${version ? `version ${version}` : 'a newer version'}, and this page knows version ${DATABASE_VERSION}: ` +
        'reload the page, or update Trialbase in it',
    );
  }
  const failure = failureOf(error, name);
  if (!(failure instanceof StorageUnavailableError)) return failure;
  return new StorageUnavailableError(
    `'${name}' could not be opened (${error.name}: ${error.message}). Some private windows and blocked site data ` +
      "do this: allow the site to keep data, or use { type: 'memory' }",
    { cause: error },
  );
}

/** Whether there is no such database. Where the browser does not tell, opening will. */
async function isMissing(name: string): Promise<boolean> {
  return (await databases())?.every((database) => database.name !== name) ?? false;
}

/** The databases of the origin; `undefined` where the browser does not list them, as Firefox before 126. */
async function databases(): Promise<IDBDatabaseInfo[] | undefined> {
  const factory: Partial<IDBFactory> = indexedDB;
  return factory.databases?.();
}

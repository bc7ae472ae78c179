import {
  InvalidDocumentError,
  StorageFullError,
  StorageUnavailableError,
  TrialbaseError,
} from '../errors.js';

/**
 * The errors by which a connection or a transaction that the browser has dropped is known, also where Dexie names them. Nothing
 * of the transaction was stored.
 */
const DROPPED: ReadonlySet<string> = new Set([
  'InvalidStateError',
  'UnknownError',
  'AbortError',
  'TransactionInactiveError',
  // Chromium ends so a transaction that does not go on: that of a page that has hung, for example.
  'TimeoutError',
  'DatabaseClosedError',
  'OpenFailedError',
]);

/** Whether the browser has dropped the connection or the transaction, so that another attempt may succeed. */
export function isDropped(error: unknown): boolean {
  return error instanceof Error && DROPPED.has(error.name) && !isTooLarge(error);
}

/**
 * The error to raise where IndexedDB, or a library above it, has raised `error`.
 *
 * @param database the name of the database.
 */
export function failureOf(error: unknown, database: string): unknown {
  if (error instanceof TrialbaseError || !(error instanceof Error)) return error;
  if (isQuotaExceeded(error)) {
    return new StorageFullError(
      `There is no room left for '${database}', and nothing of this was stored: delete what is not needed, ` +
        'or ask the user for more with requestPersistence()',
      { cause: error },
    );
  }
  if (isTooLarge(error)) {
    return new InvalidDocumentError(
      `A document is larger than this browser stores in '${database}' (${firstLine(error.message)}), and nothing of this was stored: ` +
        'store it in smaller parts, of less than 500 MB each',
      { cause: error },
    );
  }
  return new StorageUnavailableError(
    `'${database}' could not be read or written (${error.name}: ${firstLine(error.message)}): open the storage again`,
    { cause: error },
  );
}

/**
 * Chromium has no memory for the copy of a document of more than about a gigabyte, and Firefox refuses one of more than 1,042 MB.
 * What no document may hold was refused before, so that nothing else is it that cannot be cloned.
 */
function isTooLarge(error: Error): boolean {
  return isOrHolds(error, ({ name, message }) => name === 'DataCloneError' || /\btoo large\b/.test(message));
}

function isQuotaExceeded(error: Error): boolean {
  return isOrHolds(error, ({ name }) => name === 'QuotaExceededError');
}

/** Dexie keeps the platform's error in `inner`. */
function isOrHolds(error: Error, test: (error: Error) => boolean): boolean {
  if (test(error)) return true;
  return 'inner' in error && error.inner instanceof Error && isOrHolds(error.inner, test);
}

/** Dexie repeats the platform's message below it. */
function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}

import { StorageFullError, StorageUnavailableError, TrialbaseError } from '../errors.js';

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
  return new StorageUnavailableError(
    `'${database}' could not be read or written (${error.name}: ${error.message}): open the storage again`,
    { cause: error },
  );
}

/** Dexie keeps the platform's error in `inner`. */
function isQuotaExceeded(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'QuotaExceededError' || ('inner' in error && isQuotaExceeded(error.inner));
}

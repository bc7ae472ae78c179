/** Names the kind of an error. Unlike a class, it survives `postMessage`, a worker and a log file: see {@link errorCode}. */
export type ErrorCode =
  | 'duplicate-key'
  | 'failed-update'
  | 'missing-arguments'
  | 'mismatched-id'
  | 'lock-timeout'
  | 'invalid-query'
  | 'invalid-document'
  | 'invalid-result'
  | 'invalid-configuration'
  | 'evaluation-failed'
  | 'read-only'
  | 'storage-closed'
  | 'storage-unavailable'
  | 'storage-full'
  | 'corrupt-store'
  | 'unsupported-version';

/**
 * The base of all errors that Trialbase raises. The message says what happened, to what, and what to do about it, and
 * ends with the code in brackets; `cause` is the platform's own error, where there was one.
 */
export class TrialbaseError extends Error {
  /** That of the class, also where a bundler has given the class a shorter one. */
  override readonly name: string = 'TrialbaseError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(`${message} [${code}]`, options);
    this.code = code;
  }
}

const CODE_AT_END = /\[([a-z-]+)\]$/;

/**
 * The code of an error of Trialbase, also of one that `postMessage` has stripped of its class and its fields;
 * `undefined` for any other error.
 */
export function errorCode(error: unknown): ErrorCode | undefined {
  if (error instanceof TrialbaseError) return error.code;
  if (!(error instanceof Error)) return undefined;
  return CODE_AT_END.exec(error.message)?.[1] as ErrorCode | undefined;
}

/** A write would have given two documents the same unique key. Nothing of it was stored. */
export class DuplicateKeyError extends TrialbaseError {
  override readonly name = 'DuplicateKeyError';
  /** The collection, the fields of the unique key, and the values that were taken already. */
  readonly collection: string;
  readonly fields: readonly string[];
  readonly values: readonly unknown[];

  constructor(collection: string, fields: readonly string[], values: readonly unknown[]) {
    const key = fields.map((field, i) => `${field} = ${describe(values[i])}`).join(', ');
    super(
      'duplicate-key',
      `A document with ${key} is already in '${collection}': use another key, or update that document`,
    );
    this.collection = collection;
    this.fields = fields;
    this.values = values;
  }
}

/** A compare-and-set found another state than the caller's: another worker was there first. Nothing was written. */
export class FailedUpdateError extends TrialbaseError {
  override readonly name = 'FailedUpdateError';

  constructor(message: string, options?: ErrorOptions) {
    super('failed-update', message, options);
  }
}

/** Neither a record nor its ids were given. */
export class MissingArgumentsError extends TrialbaseError {
  override readonly name = 'MissingArgumentsError';

  constructor(message: string) {
    super('missing-arguments', message);
  }
}

/** A record and an id were given, and they name two different documents. */
export class MismatchedIdError extends TrialbaseError {
  override readonly name = 'MismatchedIdError';

  constructor(message: string) {
    super('mismatched-id', message);
  }
}

/** The algorithm lock was not to be had in the time allowed. */
export class LockAcquisitionTimeoutError extends TrialbaseError {
  override readonly name = 'LockAcquisitionTimeoutError';

  constructor(message: string, options?: ErrorOptions) {
    super('lock-timeout', message, options);
  }
}

/** A query, selection or sort order that has no meaning. Raised before anything is read or written. */
export class InvalidQueryError extends TrialbaseError {
  override readonly name = 'InvalidQueryError';

  constructor(message: string) {
    super('invalid-query', message);
  }
}

/** A document, or a change to one, that cannot be stored. Raised before anything is written. */
export class InvalidDocumentError extends TrialbaseError {
  override readonly name = 'InvalidDocumentError';

  constructor(message: string, options?: ErrorOptions) {
    super('invalid-document', message, options);
  }
}

/** Results that a trial cannot have: an objective that is no number, or of an unknown type. */
export class InvalidResultError extends TrialbaseError {
  override readonly name = 'InvalidResultError';

  constructor(message: string) {
    super('invalid-result', message);
  }
}

/** Options or a storage configuration that make no sense: an unknown type, an unknown option, a wrong value. */
export class InvalidConfigurationError extends TrialbaseError {
  override readonly name = 'InvalidConfigurationError';

  constructor(message: string, options?: ErrorOptions) {
    super('invalid-configuration', message, options);
  }
}

/** What evaluated a trial came to no end of its own: a worker or a process that died, or left no result that can be read. */
export class EvaluationFailedError extends TrialbaseError {
  override readonly name = 'EvaluationFailedError';

  constructor(message: string, options?: ErrorOptions) {
    super('evaluation-failed', message, options);
  }
}

/** A call on a storage after its `close()`. */
export class StorageClosedError extends TrialbaseError {
  override readonly name = 'StorageClosedError';

  constructor(what = 'The storage') {
    super('storage-closed', `${what} is closed: open it again to go on`);
  }
}

/** The store cannot be reached or written: a path that is no store, no permission, a directory that was removed. */
export class StorageUnavailableError extends TrialbaseError {
  override readonly name = 'StorageUnavailableError';

  constructor(message: string, options?: ErrorOptions) {
    super('storage-unavailable', message, options);
  }
}

/** There is no room left for a write. Nothing of it was stored; it works again once there is room. */
export class StorageFullError extends TrialbaseError {
  override readonly name = 'StorageFullError';

  constructor(message: string, options?: ErrorOptions) {
    super('storage-full', message, options);
  }
}

/** Acknowledged data no longer reads back as it was written. */
export class CorruptStoreError extends TrialbaseError {
  override readonly name = 'CorruptStoreError';

  constructor(message: string, options?: ErrorOptions) {
    super('corrupt-store', message, options);
  }
}

/** The store was written by a newer version of Trialbase than this one. */
export class UnsupportedVersionError extends TrialbaseError {
  override readonly name = 'UnsupportedVersionError';

  constructor(message: string) {
    super('unsupported-version', message);
  }
}

/** A value as an error message shows it: short, on one line, and never a reason for another error. */
export function describe(value: unknown): string {
  const text = textOf(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function textOf(value: unknown): string {
  try {
    if (typeof value === 'string' || (typeof value === 'object' && value !== null))
      return JSON.stringify(value) ?? typeof value;
    return typeof value === 'bigint' ? `${value}n` : String(value).replaceAll(/\s+/g, ' ');
  } catch {
    return tagOf(value);
  }
}

/** What a value's own code, such as a getter or a proxy, keeps from being shown. */
function tagOf(value: unknown): string {
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return `a ${typeof value} that cannot be read`;
  }
}

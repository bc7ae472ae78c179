import type { DocumentTransaction } from './document-transaction.js';
import type { ObjectStoreName } from './object-stores.js';

/** What a transaction is to be. */
export interface TransactionOptions {
  readonly stores: readonly ObjectStoreName[];
  readonly mode: 'readonly' | 'readwrite';
  readonly durability: 'relaxed' | 'strict';
  /** Whether the work reads by one request at most, for which a library may have a shorter way. */
  readonly isOneRequest: boolean;
}

/** The work of a transaction: it awaits nothing but the transaction. */
export type Work<T> = (transaction: DocumentTransaction) => Promise<T>;

/** An open database, by whatever library it was opened. */
export interface Transactor {
  /** Does the work in one transaction: all of it is stored, or nothing is. */
  transact<T>(options: TransactionOptions, work: Work<T>): Promise<T>;
  /** Lets transactions that were begun end, and waits for the end of those whose work was done. */
  close(): void | Promise<void>;
}

/**
 * Opens the database.
 *
 * @param options.create whether to create it where there is none.
 */
export type Open = (options: {
  readonly create: boolean;
  readonly onClosed: OnClosed;
}) => Promise<Transactor>;

/**
 * To be called when a database is closed because another connection needs it to be, or by the browser.
 *
 * @param isDeleted whether the other connection deletes it.
 */
export type OnClosed = (isDeleted: boolean) => void;

/**
 * The conformance suites that every adapter passes.
 *
 * @module @trialbase/core/testing
 */

export type { DatabaseConnector, Site, StorageConnector } from './connectors.js';
export { storageOver } from './connectors.js';
export { describeDatabase } from './describe-database.js';
export { describeIndexedDb, type IndexedDbConnector } from './describe-indexed-db.js';
export { describeStorage } from './describe-storage.js';

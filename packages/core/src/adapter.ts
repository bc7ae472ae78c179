/**
 * What an adapter is written with. The README says how.
 *
 * @module @trialbase/core/adapter
 */

export { applyChanges } from './changes.js';
export type {
  ChangeListener,
  Database,
  FindOptions,
  InsertStep,
  OpenDatabase,
  Outcome,
  Outcomes,
  RemoveStep,
  Selection,
  SelectionTree,
  Sort,
  Step,
  Touched,
  Update,
  UpdateStep,
  WriteOptions,
} from './database.js';
export type { Change, Document, Fields, Id, Path, Raise } from './document.js';
export * from './errors.js';
export { EventLoopTurns } from './event-loop-turns.js';
export { closeWhole, endOf } from './indexed-db/closing.js';
export { type CountableIndex, countAnew } from './indexed-db/counts.js';
export type { DocumentTransaction } from './indexed-db/document-transaction.js';
export { type IndexedDbPlace, openIndexedDbStore } from './indexed-db/indexed-db-store.js';
export { type ObjectStoreName, objectStoreNames, objectStores } from './indexed-db/object-stores.js';
export { type Opening, openInTime, storeIsGone } from './indexed-db/opening.js';
export { type CheckedOptions, checkIndexedDbOptions, type IndexedDbOptions } from './indexed-db/options.js';
export {
  DATABASE_VERSION,
  ID_PATH,
  type IndexableKey,
  indexKey,
  indexName,
  keyPath,
  type StoredRecord,
  toRecord,
} from './indexed-db/stored-record.js';
export type { OnClosed, Open, TransactionOptions, Transactor, Work } from './indexed-db/transactor.js';
export { type KeyPart, keyOf, keyPart } from './keys.js';
export type { LockOptions, LockSnapshot, Locks } from './locks/locks.js';
export { Silence } from './locks/silence.js';
export { webLocks } from './locks/web-locks.js';
export { QueueLocks } from './memory/queue-locks.js';
export { type Effect, type Execution, Tables, type TablesView } from './memory/tables.js';
export { touchedBy } from './memory/touched-by.js';
export { checkOptions } from './option-checks.js';
export { arrange } from './query/arrange.js';
export { compile } from './query/compile.js';
export {
  and,
  type Comparison,
  type Condition,
  equal,
  everything,
  type Operands,
  type Operator,
  oneOf,
} from './query/condition.js';
export { compareIds } from './query/order.js';
export { parseQuery } from './query/parse.js';
export { type Access, plan } from './query/plan.js';
export {
  type Collection,
  type CollectionSchema,
  collections,
  type KeyFields,
  type Keys,
  SCHEMA_VERSION,
  type Schema,
  schema,
} from './schema.js';
export { timerDelay } from './timer-delay.js';
export { newTrialRecord } from './trials/validate-trial.js';
export { decode, encode } from './values/codec.js';
export { snapshot } from './values/values.js';
export { ChangeFeed } from './watching/change-feed.js';
export { type ChangeSource, Listeners } from './watching/listeners.js';

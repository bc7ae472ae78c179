/**
 * The protocol of a trial store, its implementation over any database, and the database in memory.
 *
 * @module @trialbase/core
 */

export type { OpenDatabase } from './database.js';
export type { Id } from './document.js';
export { DocumentStorage } from './document-storage.js';
export {
  CorruptStoreError,
  DuplicateKeyError,
  describe,
  type ErrorCode,
  EvaluationFailedError,
  errorCode,
  FailedUpdateError,
  InvalidConfigurationError,
  InvalidDocumentError,
  InvalidQueryError,
  InvalidResultError,
  LockAcquisitionTimeoutError,
  MismatchedIdError,
  MissingArgumentsError,
  StorageClosedError,
  StorageFullError,
  StorageUnavailableError,
  TrialbaseError,
  UnsupportedVersionError,
} from './errors.js';
export type { Benchmark, Experiment, NewBenchmark, NewExperiment } from './experiment.js';
export { LockedAlgorithmState } from './locks/locked-algorithm-state.js';
export { type MemoryOptions, MemoryStore, openMemory } from './memory/open-memory.js';
export { checkOptions } from './option-checks.js';
export { type ReadOnlyStorage, readOnly } from './read-only.js';
export { getTrialUidAndExperiment, getUid, type TrialIds } from './refs.js';
export {
  memoryRegistry,
  type OpenedStore,
  type Options,
  StorageRegistry,
  type StorageType,
} from './registry.js';
export { requestPersistence, type StorageReport, storageReport } from './room.js';
export { type SetupStorageOptions, type StorageConfig, setupStorage } from './setup-storage.js';
export type { StorageOptions } from './storage-options.js';
export type {
  AcquireLockOptions,
  Changes,
  CreateExperimentOptions,
  ExperimentRef,
  FetchTrialsOptions,
  HeldTrial,
  LockCallback,
  PushedTrial,
  Query,
  RegisteredTrials,
  ReserveTrialOptions,
  SelectionQuery,
  SetTrialStatusOptions,
  SortQuery,
  StorageProtocol,
  TrialChange,
  TrialRef,
  WatchTrialsOptions,
  WhereOptions,
} from './storage-protocol.js';
export { timerDelay } from './timer-delay.js';
export {
  type NewTrial,
  type Param,
  type ParamType,
  paramTypes,
  type Result,
  type ResultType,
  resultTypes,
  type Trial,
  type TrialStatus,
  trialStatuses,
} from './trials/trial.js';
export { type HashedTrial, type TrialHashOptions, trialHash, trialId } from './trials/trial-id.js';
export {
  constraints,
  executionInterval,
  gradient,
  legacyTrialId,
  lie,
  objective,
  paramValues,
  sameTrial,
  statistics,
  trialDuration,
  trialFullName,
  trialWorkingDir,
} from './trials/trial-views.js';
export { pythonNumber, pythonRepr, type WholeNumbers } from './values/python-repr.js';

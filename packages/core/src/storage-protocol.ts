/// <reference lib="esnext.disposable" preserve="true" />

import type { Id } from './document.js';
import type { Benchmark, Experiment, NewBenchmark, NewExperiment } from './experiment.js';
import type { LockedAlgorithmState } from './locks/locked-algorithm-state.js';
import type { NewTrial, Trial, TrialStatus } from './trials/trial.js';

/** An experiment by its record or by its `_id`; one of the two, never both. */
export type ExperimentRef =
  | { readonly _id: Id; readonly uid?: never }
  | { readonly uid: Id; readonly _id?: never };

/** A trial by its record or by its `id` and its experiment's `_id`; one of the two, never both. */
export type TrialRef =
  | { readonly id: string; readonly experiment: Id; readonly uid?: never; readonly experimentUid?: never }
  | { readonly uid: string; readonly experimentUid: Id; readonly id?: never; readonly experiment?: never };

/** A MongoDB query. See the README for the operators. */
export type Query = { readonly [field: string]: unknown };

/** A MongoDB projection: which fields to keep (`1` or `true`) or to leave out (`0` or `false`). */
export type SelectionQuery = { readonly [field: string]: unknown };

/** Sort keys in order of weight: `{ 'metadata.rank': 1, submit_time: -1 }`. */
export type SortQuery = { readonly [field: string]: 1 | -1 };

/** Fields to set. A dotted key sets a nested field. */
export type Changes = { readonly [field: string]: unknown };

/** Narrows down what a call acts on. */
export interface WhereOptions {
  /** Acts only on what meets this query too. The ids given by the reference win over a `where` that names other ones. */
  readonly where?: Query;
}

/** Which trials to fetch, in which order, and what of each. */
export interface FetchTrialsOptions extends WhereOptions {
  /** Default: whole trials. */
  readonly selection?: SelectionQuery;
  /** Default: by `submit_time` (a missing one first), then `_id`. */
  readonly sort?: SortQuery;
  /** The most trials to return; default: all. */
  readonly limit?: number;
  /** How many trials to leave out first; default: 0. */
  readonly skip?: number;
}

/** Which trials to watch, and for how long. */
export interface WatchTrialsOptions {
  /** Shows only the trials that meet this query. One that meets it no longer is `removed`. */
  readonly where?: Query;
  /** Ends the watching. */
  readonly signal?: AbortSignal;
}

/** What became of a trial that is watched. `trial` is the trial as it stands now. */
export type TrialChange =
  | { readonly kind: 'added' | 'changed'; readonly trial: Trial }
  | { readonly kind: 'removed'; readonly _id: Id };

/** How the algorithm lock of a new experiment starts. */
export interface CreateExperimentOptions {
  /** Whether the algorithm lock starts as held. Default: false. */
  readonly algoLocked?: boolean;
  /** The first state of the algorithm. Default: `null`. */
  readonly algoState?: unknown;
  /** The heartbeat of the algorithm lock. Default: now. */
  readonly algoHeartbeat?: Date;
}

/** Who reserves. */
export interface ReserveTrialOptions {
  /** The worker's name. One that holds a trial of the experiment already gets that trial back. */
  readonly worker?: string;
}

/** What the trial must be, and what else is written with its status. */
export interface SetTrialStatusOptions {
  /** Default: now. */
  readonly heartbeat?: Date;
  /** The status the trial must have. Default: that of the record given. */
  readonly was?: TrialStatus;
}

/** How to wait for the algorithm lock. */
export interface AcquireLockOptions {
  /** How long to wait for the lock, in milliseconds. Default: 60,000. */
  readonly timeout?: number;
  /** How long to wait before looking again for a lock that does not exist yet, in milliseconds. Default: 1,000. */
  readonly retryInterval?: number;
  /** Ends the wait at once. */
  readonly signal?: AbortSignal;
}

/** What runs while the algorithm lock is held. */
export type LockCallback<T> = (locked: LockedAlgorithmState) => T | Promise<T>;

/** A trial that a worker holds, or thinks it holds. */
export type HeldTrial = Pick<Trial, 'id' | 'experiment'> & Partial<Pick<Trial, 'reservation'>>;

/** A trial with the results of its evaluation and, where it is told, the time at which that ended. */
export type PushedTrial = HeldTrial &
  Pick<Trial, 'results'> &
  Partial<Pick<Trial, 'start_time' | 'end_time'>>;

/**
 * Experiments, trials, benchmarks and the state of the algorithm, kept for many workers at once. The protocol of
 * Orion's `orion.storage.base`.
 *
 * No method changes its arguments. What is returned is a snapshot: changing it never changes the store, and a later
 * write never changes what was handed out. After `close()` every call is a `StorageClosedError`.
 */
export interface StorageProtocol {
  /** Stores a benchmark. @throws DuplicateKeyError if its name is taken. */
  createBenchmark(config: NewBenchmark): Promise<Benchmark>;
  /** The benchmarks that meet the query, in `_id` order: whole, or the fields selected. @throws InvalidQueryError if it is malformed. */
  fetchBenchmark(query: Query, selection?: SelectionQuery): Promise<Benchmark[]>;
  /** @returns how many benchmarks were deleted. */
  deleteBenchmark(query: Query): Promise<number>;

  /** Stores an experiment and its algorithm lock in one step. @throws DuplicateKeyError if its name and version are taken. */
  createExperiment(config: NewExperiment, options?: CreateExperimentOptions): Promise<Experiment>;
  /** Deletes an experiment with its trials and its lock in one step. @returns how many experiments were deleted. */
  deleteExperiment(ref: ExperimentRef): Promise<number>;
  /** Sets fields. @returns whether there was such an experiment. @throws DuplicateKeyError if the name and version are taken. */
  updateExperiment(ref: ExperimentRef, changes: Changes, options?: WhereOptions): Promise<boolean>;
  /** The experiments that meet the query, in `_id` order: whole, or the fields selected. @throws InvalidQueryError if it is malformed. */
  fetchExperiments(query: Query, selection?: SelectionQuery): Promise<Experiment[]>;

  /** Stores a trial; fills in `_id`, `id` and whatever else is absent. @throws DuplicateKeyError if the experiment has it already. */
  registerTrial(trial: NewTrial): Promise<Trial>;
  /** Stores many trials in one step. Those the experiment has already do not stop the rest. */
  registerTrials(trials: readonly NewTrial[]): Promise<RegisteredTrials>;
  /** @returns how many trials were deleted. */
  deleteTrials(ref: ExperimentRef, options?: WhereOptions): Promise<number>;
  /**
   * Makes the oldest pending trial reserved, in one atomic step, with a fresh `reservation`, and `start_time` and
   * `heartbeat` at now. A worker named in the options that already holds a trial gets that one again, with a fresh
   * `reservation`, so that whoever held it before under the same name can no longer write to it.
   *
   * @returns the trial, or `undefined` where none is pending.
   */
  reserveTrial(experiment: ExperimentRef, options?: ReserveTrialOptions): Promise<Trial | undefined>;
  /** The trials of an experiment, all or those that the options tell. @throws InvalidQueryError if a query, selection or sort is malformed. */
  fetchTrials(ref: ExperimentRef, options?: FetchTrialsOptions): Promise<Trial[]>;
  /**
   * Makes all of the changes. A trial that they make `reserved` has a fresh `reservation`, and no `worker` but one that they name,
   * so whoever held it can no longer write to it.
   *
   * @returns how many trials were updated.
   */
  updateTrials(ref: ExperimentRef, changes: Changes, options?: WhereOptions): Promise<number>;
  /** As `updateTrials`, of one trial. @returns how many trials were updated: 0 or 1. */
  updateTrial(ref: TrialRef, changes: Changes, options?: WhereOptions): Promise<number>;
  /** The trial as it stands in the store; `undefined` if it is not there. */
  getTrial(ref: TrialRef): Promise<Trial | undefined>;
  /** The reserved trials whose heartbeat is older than the storage's `lostAfter`. */
  fetchLostTrials(experiment: ExperimentRef): Promise<Trial[]>;
  /** The trials that wait for a worker: new, suspended or interrupted. */
  fetchPendingTrials(experiment: ExperimentRef): Promise<Trial[]>;
  /** The trials of every status but `completed`, broken ones too. */
  fetchNoncompletedTrials(experiment: ExperimentRef): Promise<Trial[]>;
  /** The trials of one status, by `submit_time`. */
  fetchTrialsByStatus(experiment: ExperimentRef, status: TrialStatus): Promise<Trial[]>;
  /** How many trials are completed. However many: it takes the same time, in IndexedDB for an experiment whose `_id` is a text. */
  countCompletedTrials(experiment: ExperimentRef): Promise<number>;
  /** How many trials are broken. However many: it takes the same time, in IndexedDB for an experiment whose `_id` is a text. */
  countBrokenTrials(experiment: ExperimentRef): Promise<number>;

  /**
   * The trials of an experiment as they are now, and then what becomes of them, whoever changes them: this storage, another
   * tab, worker or process. The first batch holds all of them, perhaps none, each as `added`, by `submit_time`. Each later
   * one tells what has changed since the batch before, a trial at most once; where the reader takes its time, that is more at once.
   * Only trials that were touched are read again, so a trial may be `changed` and yet the same.
   *
   * ```ts
   * const shown = new Map();
   * for await (const changes of storage.watchTrials(experiment, { where: { status: 'completed' }, signal })) {
   *   for (const change of changes) {
   *     if (change.kind === 'removed') shown.delete(change._id);
   *     else shown.set(change.trial._id, change.trial);
   *   }
   *   draw([...shown.values()]);
   * }
   * ```
   *
   * It ends, without an error, when the signal is aborted or the loop is left. Each loop over what is returned watches for itself.
   *
   * @throws InvalidQueryError, InvalidConfigurationError at once if `where` or `signal` makes no sense.
   * @throws StorageClosedError out of the loop when the storage is closed meanwhile.
   */
  watchTrials(experiment: ExperimentRef, options?: WatchTrialsOptions): AsyncIterable<readonly TrialChange[]>;

  /** The trial with its results, as it stands in the store. @throws FailedUpdateError if it is not there. */
  retrieveResult(trial: TrialRef): Promise<Trial>;
  /**
   * Stores the results of a reserved trial and its `end_time` (now, where the record brings none since its start); with
   * `status: 'completed'` it is completed in the same step. Nothing else of the local record is written.
   *
   * @throws FailedUpdateError if the trial is not reserved, or reserved by somebody else since.
   * @throws InvalidResultError if an objective is not a number, or there is none to complete the trial with.
   */
  pushTrialResults(trial: PushedTrial, options?: { readonly status?: 'completed' }): Promise<Trial>;
  /**
   * Sets the status if it is still what the caller takes it to be. `reserved` comes with a fresh `reservation` and without a `worker`:
   * whoever held the trial can no longer write to it, nor get it again by its name.
   *
   * @throws FailedUpdateError if it is not.
   */
  setTrialStatus(
    trial: HeldTrial & Pick<Trial, 'status'>,
    status: TrialStatus,
    options?: SetTrialStatusOptions,
  ): Promise<Trial>;
  /** Tells that the worker lives. @returns whether its reservation still stands. */
  updateHeartbeat(trial: HeldTrial): Promise<boolean>;

  /** Creates the algorithm lock of an experiment. @throws DuplicateKeyError where there is one. */
  initializeAlgorithmLock(experimentId: Id, configuration: unknown): Promise<void>;
  /**
   * Runs `callback` while holding the experiment's algorithm lock. When it returns, the state it last set is saved and
   * the lock freed, in one step. When it throws, the state stays as it was found, the lock is freed and the error goes on.
   *
   * @returns what the callback returns.
   * @throws InvalidConfigurationError if an option makes no sense, or there is no callback.
   * @throws LockAcquisitionTimeoutError if the lock was not obtained in time.
   * @throws FailedUpdateError if the lock was taken from the holder meanwhile: its state is then not written.
   */
  acquireAlgorithmLock<T>(experiment: ExperimentRef, callback: LockCallback<T>): Promise<T>;
  /** The same, with a say in how to wait. */
  acquireAlgorithmLock<T>(
    experiment: ExperimentRef,
    options: AcquireLockOptions,
    callback: LockCallback<T>,
  ): Promise<T>;
  /** Frees the lock, whoever holds it, and replaces the state where a new one is given. @returns whether a lock was released. */
  releaseAlgorithmLock(ref: ExperimentRef, newState?: unknown): Promise<boolean>;
  /** The algorithm’s lock and state as they stand, without waiting for the lock; `undefined` where there is none. */
  getAlgorithmLockInfo(ref: ExperimentRef): Promise<LockedAlgorithmState | undefined>;
  /** @returns how many locks were deleted: 0 or 1. */
  deleteAlgorithmLock(ref: ExperimentRef): Promise<number>;

  /** Lets go of the store. A second call does nothing. */
  close(): Promise<void>;
  /** Closes the storage: `await using storage = await setupStorage();` */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What became of many trials registered at once. */
export interface RegisteredTrials {
  readonly registered: Trial[];
  /** The trials, as they were given, that the experiment had already. */
  readonly duplicates: NewTrial[];
}

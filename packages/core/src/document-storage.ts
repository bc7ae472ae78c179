/// <reference lib="esnext.disposable" preserve="true" />

import type { OpenDatabase } from './database.js';
import type { Change, Document, Fields, Id } from './document.js';
import { describe, InvalidDocumentError } from './errors.js';
import type { Benchmark, Experiment, NewBenchmark, NewExperiment } from './experiment.js';
import { toFindOptions } from './find-options.js';
import { AlgorithmLocks } from './locks/algorithm-lock.js';
import { lockDocument, lockOf } from './locks/lock-document.js';
import type { LockedAlgorithmState } from './locks/locked-algorithm-state.js';
import { checkOptions } from './option-checks.js';
import { and, type Condition, equal } from './query/condition.js';
import { parseQuery } from './query/parse.js';
import { newDocument, toChanges } from './records.js';
import { getUid } from './refs.js';
import type { Collection } from './schema.js';
import { checkStorageOptions, type StorageOptions } from './storage-options.js';
import type {
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
  StorageProtocol,
  TrialChange,
  TrialRef,
  WatchTrialsOptions,
  WhereOptions,
} from './storage-protocol.js';
import { registeredTrials } from './trials/registered-trials.js';
import { Reservations } from './trials/reservations.js';
import type { NewTrial, Trial, TrialStatus } from './trials/trial.js';
import { TrialQueries } from './trials/trial-queries.js';
import { newTrialRecord } from './trials/validate-trial.js';
import { watchTrials } from './watching/watch-trials.js';
import { trialOf, trialsOf, trialsWhere, whereOf } from './where.js';

/** The one implementation of the protocol, over any database. Orion's `Legacy` storage. */
export class DocumentStorage implements StorageProtocol {
  readonly #database: OpenDatabase;
  readonly #locks: AlgorithmLocks;
  readonly #reservations: Reservations;
  readonly #trials: TrialQueries;
  readonly #clock: () => Date;
  readonly #createId: () => string;

  constructor(database: OpenDatabase, options: StorageOptions = {}) {
    const checked = checkStorageOptions(options);
    this.#database = database;
    this.#locks = new AlgorithmLocks(database, checked);
    this.#reservations = new Reservations(database, checked);
    this.#trials = new TrialQueries(database, checked);
    this.#clock = checked.clock;
    this.#createId = checked.createId;
  }

  // Benchmarks

  async createBenchmark(config: NewBenchmark): Promise<Benchmark> {
    const document = newDocument('benchmarks', config, this.#createId);
    return this.#insert('benchmarks', document);
  }

  async fetchBenchmark(query: Query, selection?: SelectionQuery): Promise<Benchmark[]> {
    return (await this.#fetch('benchmarks', query, selection)) as Benchmark[];
  }

  async deleteBenchmark(query: Query): Promise<number> {
    return this.#remove('benchmarks', parseQuery(query));
  }

  // Experiments

  async createExperiment(config: NewExperiment, options: CreateExperimentOptions = {}): Promise<Experiment> {
    const document = newDocument('experiments', config, this.#createId);
    const { algoLocked, algoState, algoHeartbeat } = checkOptions('createExperiment', options, [
      'algoLocked',
      'algoState',
      'algoHeartbeat',
    ]);
    const start = { locked: algoLocked, state: algoState, heartbeat: algoHeartbeat };
    const lock = lockDocument(this.#createId(), document._id, document['algorithm'], start, this.#clock());
    const [[stored]] = await this.#database.write([
      { kind: 'insert', collection: 'experiments', documents: [document], onDuplicate: 'refuse' },
      { kind: 'insert', collection: 'algo', documents: [lock], onDuplicate: 'refuse' },
    ]);
    return stored as Experiment;
  }

  async deleteExperiment(ref: ExperimentRef): Promise<number> {
    const id = getUid(ref);
    const [removed] = await this.#database.write([
      { kind: 'remove', collection: 'experiments', where: equal('_id', id) },
      { kind: 'remove', collection: 'trials', where: trialsOf(id) },
      { kind: 'remove', collection: 'algo', where: lockOf(id) },
    ]);
    return removed;
  }

  async updateExperiment(ref: ExperimentRef, changes: Changes, options: WhereOptions = {}): Promise<boolean> {
    const where = and(equal('_id', getUid(ref)), whereOf('updateExperiment', options, ['_id']));
    return (await this.#update('experiments', where, toChanges('experiments', changes))) > 0;
  }

  async fetchExperiments(query: Query, selection?: SelectionQuery): Promise<Experiment[]> {
    return (await this.#fetch('experiments', query, selection)) as Experiment[];
  }

  // Trials

  async registerTrial(trial: NewTrial): Promise<Trial> {
    const document = newTrialRecord(trial, this.#createId());
    return (await this.#insert('trials', document)) as Trial;
  }

  async registerTrials(trials: readonly NewTrial[]): Promise<RegisteredTrials> {
    if (!Array.isArray(trials))
      throw new InvalidDocumentError(`The trials to register must be an array, not ${describe(trials)}`);
    const documents = Array.from(trials, (trial) => newTrialRecord(trial, this.#createId()));
    const [stored] = await this.#database.write([
      { kind: 'insert', collection: 'trials', documents, onDuplicate: 'skip' },
    ]);
    return registeredTrials(trials, documents, stored as Trial[]);
  }

  async deleteTrials(ref: ExperimentRef, options: WhereOptions = {}): Promise<number> {
    return this.#remove('trials', trialsWhere(ref, checkOptions('deleteTrials', options, ['where']).where));
  }

  reserveTrial(experiment: ExperimentRef, options: ReserveTrialOptions = {}): Promise<Trial | undefined> {
    return this.#reservations.reserve(experiment, options);
  }

  fetchTrials(ref: ExperimentRef, options: FetchTrialsOptions = {}): Promise<Trial[]> {
    return this.#trials.fetch(ref, options);
  }

  async updateTrials(ref: ExperimentRef, changes: Changes, options: WhereOptions = {}): Promise<number> {
    return this.#updateTrials(
      trialsWhere(ref, checkOptions('updateTrials', options, ['where']).where),
      changes,
    );
  }

  async updateTrial(ref: TrialRef, changes: Changes, options: WhereOptions = {}): Promise<number> {
    const where = trialOf(ref, whereOf('updateTrial', options, ['experiment', 'id']));
    return this.#updateTrials(where, changes);
  }

  getTrial(ref: TrialRef): Promise<Trial | undefined> {
    return this.#trials.get(ref);
  }

  fetchLostTrials(experiment: ExperimentRef): Promise<Trial[]> {
    return this.#trials.lost(experiment);
  }

  fetchPendingTrials(experiment: ExperimentRef): Promise<Trial[]> {
    return this.#trials.pending(experiment);
  }

  fetchNoncompletedTrials(experiment: ExperimentRef): Promise<Trial[]> {
    return this.#trials.noncompleted(experiment);
  }

  fetchTrialsByStatus(experiment: ExperimentRef, status: TrialStatus): Promise<Trial[]> {
    return this.#trials.byStatus(experiment, status);
  }

  countCompletedTrials(experiment: ExperimentRef): Promise<number> {
    return this.#trials.count(experiment, 'completed');
  }

  countBrokenTrials(experiment: ExperimentRef): Promise<number> {
    return this.#trials.count(experiment, 'broken');
  }

  watchTrials(
    experiment: ExperimentRef,
    options: WatchTrialsOptions = {},
  ): AsyncIterable<readonly TrialChange[]> {
    return watchTrials(this.#database, experiment, options);
  }

  retrieveResult(trial: TrialRef): Promise<Trial> {
    return this.#trials.result(trial);
  }

  pushTrialResults(trial: PushedTrial, options: { readonly status?: 'completed' } = {}): Promise<Trial> {
    return this.#reservations.pushResults(trial, options);
  }

  setTrialStatus(
    trial: HeldTrial & Pick<Trial, 'status'>,
    status: TrialStatus,
    options: SetTrialStatusOptions = {},
  ): Promise<Trial> {
    return this.#reservations.setStatus(trial, status, options);
  }

  updateHeartbeat(trial: HeldTrial): Promise<boolean> {
    return this.#reservations.beat(trial);
  }

  // The algorithm lock

  async initializeAlgorithmLock(experimentId: Id, configuration: unknown): Promise<void> {
    const uid = getUid({ uid: experimentId });
    const lock = lockDocument(this.#createId(), uid, configuration, {}, this.#clock());
    await this.#insert('algo', lock);
  }

  acquireAlgorithmLock<T>(experiment: ExperimentRef, callback: LockCallback<T>): Promise<T>;
  acquireAlgorithmLock<T>(
    experiment: ExperimentRef,
    options: AcquireLockOptions,
    callback: LockCallback<T>,
  ): Promise<T>;
  acquireAlgorithmLock<T>(
    experiment: ExperimentRef,
    ...rest: [LockCallback<T>] | [AcquireLockOptions, LockCallback<T>]
  ): Promise<T> {
    const [options, callback] = rest.length === 1 ? [{}, rest[0]] : rest;
    return this.#locks.acquire(experiment, options ?? {}, callback);
  }

  releaseAlgorithmLock(ref: ExperimentRef, newState?: unknown): Promise<boolean> {
    return this.#locks.release(ref, newState);
  }

  getAlgorithmLockInfo(ref: ExperimentRef): Promise<LockedAlgorithmState | undefined> {
    return this.#locks.info(ref);
  }

  async deleteAlgorithmLock(ref: ExperimentRef): Promise<number> {
    return this.#remove('algo', lockOf(getUid(ref)));
  }

  async close(): Promise<void> {
    await this.#database.close();
  }

  // Where the platform does not know the symbol yet, this is a method that nobody calls.
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #fetch(collection: Collection, query: Query, selection?: SelectionQuery): Promise<Fields[]> {
    return this.#database.find(
      collection,
      parseQuery(query),
      toFindOptions(selection === undefined ? {} : { selection }),
    );
  }

  async #updateTrials(where: Condition, changes: Changes): Promise<number> {
    return this.#update('trials', where, this.#reservations.renewing(toChanges('trials', changes)));
  }

  async #insert(collection: Collection, document: Document): Promise<Document> {
    const [[stored]] = await this.#database.write([
      { kind: 'insert', collection, documents: [document], onDuplicate: 'refuse' },
    ]);
    return stored as Document;
  }

  async #update(collection: Collection, where: Condition, changes: readonly Change[]): Promise<number> {
    const [updated] = await this.#database.write([
      { kind: 'update', collection, where, changes, returns: 'count' },
    ]);
    return updated;
  }

  async #remove(collection: Collection, where: Condition): Promise<number> {
    const [removed] = await this.#database.write([{ kind: 'remove', collection, where }]);
    return removed;
  }
}

import type { Experiment, FetchTrialsOptions, Trial } from '@trialbase/core';
import type { Objective } from './evaluation/evaluation.js';
import { type Output, toResults } from './evaluation/results.js';
import { type Executor, executorOf } from './executors/executor.js';
import { type ExperimentStats, fetchBest, fetchStats } from './following/stats.js';
import type { Search } from './search.js';
import type { AnyParams } from './space/param-types.js';
import { pointOf, type Space, toParams } from './space/space.js';
import { type NextTrialOptions, nextTrial } from './working/next-trial.js';
import { type WorkSummary, workOn } from './working/work-on.js';
import type { WorkOptions } from './working/work-options.js';

/** An experiment to work on and to look at. `P` is the type of its parameters. {@link openExperiment} gives one. */
export class ExperimentClient<P = AnyParams> {
  readonly #search: Search;

  constructor(search: Search) {
    this.#search = search;
  }

  /** The stored experiment, as it was last read. */
  get record(): Experiment {
    return this.#search.record;
  }

  /** What is searched. */
  get space(): Space {
    return this.#search.space;
  }

  /**
   * Evaluates trials until the experiment has enough of them, or there is another reason to stop: with an objective here, or
   * with an executor elsewhere.
   * Any number of workers may do so at once: they evaluate each trial once, and together no more than are needed.
   * Trials of workers that died are evaluated again. An objective that throws, or returns what is no result, breaks its
   * trial and not the work.
   *
   * @throws InvalidConfigurationError if an option makes no sense.
   */
  async workOn(work: Objective<P> | Executor<P>, options: WorkOptions = {}): Promise<WorkSummary> {
    return workOn(this.#search, executorOf(work), options);
  }

  /**
   * A trial reserved for `worker`, for those who evaluate by themselves; `undefined` where there is none for now. Its
   * heart has to be beaten with `storage.updateHeartbeat`.
   */
  async suggest(
    options: Pick<NextTrialOptions, 'worker'> & Partial<NextTrialOptions>,
  ): Promise<Trial | undefined> {
    const next = await nextTrial(this.#search, { poolSize: 1, ...options });
    return typeof next === 'string' ? undefined : next;
  }

  /** Completes a trial that was suggested. @throws FailedUpdateError if somebody else holds it now. */
  async observe(trial: Trial, output: Output): Promise<Trial> {
    const results = toResults(output);
    return this.#search.storage.pushTrialResults({ ...trial, results }, { status: 'completed' });
  }

  /** Gives a suggested trial back. @throws FailedUpdateError if somebody else holds it now. */
  async release(
    trial: Trial,
    status: 'interrupted' | 'suspended' | 'broken' = 'interrupted',
  ): Promise<Trial> {
    return this.#search.storage.setTrialStatus(trial, status, { was: 'reserved' });
  }

  /** Adds a point of one's own, to be evaluated next. @throws DuplicateKeyError if the experiment has it already. */
  async insert(params: P): Promise<Trial> {
    const { record, space, storage } = this.#search;
    const point = toParams(space, params as AnyParams);
    return storage.registerTrial({ experiment: record._id, params: point, submit_time: new Date() });
  }

  /** The parameters of a trial, by the names of the space. */
  params(trial: Pick<Trial, 'params'>): P {
    return pointOf(trial) as P;
  }

  /** The trials of the experiment, by the time they were submitted unless the options say otherwise. */
  async trials(options?: FetchTrialsOptions): Promise<Trial[]> {
    return this.#search.storage.fetchTrials(this.record, options);
  }

  /** The completed trial with the smallest objective; `undefined` where none is completed. */
  async best(): Promise<Trial | undefined> {
    return fetchBest(this.#search.storage, this.record);
  }

  /** How the search stands. */
  async stats(): Promise<ExperimentStats> {
    return fetchStats(this.#search.storage, this.record);
  }
}

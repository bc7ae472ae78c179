import type { Experiment, FetchTrialsOptions, Trial, WhereOptions } from '@trialbase/core';
import type { AlgorithmConfiguration } from './algorithms/algorithm.js';
import { reasonFor } from './algorithms/reason.js';
import type { Objective } from './evaluation/evaluation.js';
import { HeldTrials } from './evaluation/held-trials.js';
import { checkedResults, type Output, toResults } from './evaluation/results.js';
import { type Executor, executorOf } from './executors/executor.js';
import { type FollowOptions, finished } from './following/finished.js';
import { type Progress, progress } from './following/progress.js';
import { type ExperimentStats, fetchBest, fetchStats } from './following/stats.js';
import { fetchInherited } from './opening/lineage.js';
import type { Search } from './search.js';
import type { AnyParams } from './space/param-types.js';
import { pointOf, type Space, toParams } from './space/space.js';
import { uniqueName } from './unique-name.js';
import { nextTrial } from './working/next-trial.js';
import { type WorkSummary, workOn } from './working/work-on.js';
import { checkWorkOptions, type SuggestOptions, type WorkOptions } from './working/work-options.js';

/** An experiment to work on and to look at. `P` is the type of its parameters. {@link openExperiment} gives one. */
export class ExperimentClient<P = AnyParams> {
  readonly #search: Search;
  readonly #held: HeldTrials;

  constructor(search: Search) {
    this.#search = search;
    this.#held = new HeldTrials(search.storage);
  }

  /** The stored experiment, as it was last read. */
  get record(): Experiment {
    return this.#search.record;
  }

  /** What is searched. */
  get space(): Space {
    return this.#search.space;
  }

  /** How it is searched, as it is stored; and why, in a sentence, where that is what `chooseAlgorithm` chooses. */
  get algorithm(): { readonly configuration: AlgorithmConfiguration; readonly reason: string | undefined } {
    const { algorithm, max_trials } = this.record;
    const configuration = (algorithm ?? {}) as AlgorithmConfiguration;
    return { configuration, reason: reasonFor(configuration, this.space, max_trials) };
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
   * A trial to evaluate by oneself; `undefined` where there is none for now, or ever. Its heart beats until it is observed or
   * released, so that nobody takes it for lost, however long that takes; `heartbeatInterval` is that of {@link WorkOptions}.
   *
   * Each call is by a worker of its own unless `worker` names one, which has one trial at a time: the same again until
   * it is observed or released, also after a restart.
   *
   * @throws InvalidConfigurationError if an option makes no sense.
   */
  async suggest(options: SuggestOptions = {}): Promise<Trial | undefined> {
    checkWorkOptions(options, 'suggest');
    const { worker = uniqueName('worker'), poolSize = 1, heartbeatInterval = 24_000, signal } = options;
    const next = await nextTrial(this.#search, { worker, poolSize, signal });
    if (typeof next === 'string') return undefined;
    this.#held.hold(next, heartbeatInterval);
    return next;
  }

  /**
   * Completes a trial that was suggested.
   *
   * @throws FailedUpdateError if somebody else holds it now.
   * @throws InvalidResultError if the output is none. The trial is still held then.
   */
  async observe(trial: Trial, output: Output): Promise<Trial> {
    const results = toResults(output);
    return this.#held.give(trial, () =>
      this.#search.storage.pushTrialResults({ ...trial, results }, { status: 'completed' }),
    );
  }

  /** Gives a suggested trial back. @throws FailedUpdateError if somebody else holds it now. */
  async release(
    trial: Trial,
    status: 'interrupted' | 'suspended' | 'broken' = 'interrupted',
  ): Promise<Trial> {
    return this.#held.give(trial, () =>
      this.#search.storage.setTrialStatus(trial, status, { was: 'reserved' }),
    );
  }

  /**
   * Adds a point of one's own, to be evaluated next; or one that was evaluated elsewhere, with what came of it: it is
   * completed then, and the algorithm learns from it.
   *
   * @throws InvalidConfigurationError if it is no point of the space.
   * @throws InvalidResultError if the output is none.
   * @throws DuplicateKeyError if the experiment has it already.
   */
  async insert(params: P, output?: Output): Promise<Trial> {
    const { record, space, storage } = this.#search;
    const now = new Date();
    const trial = {
      experiment: record._id,
      params: toParams(space, params as AnyParams),
      submit_time: now,
    };
    if (output === undefined) return storage.registerTrial(trial);
    const results = checkedResults(output);
    return storage.registerTrial({ ...trial, results, status: 'completed', start_time: now, end_time: now });
  }

  /** The parameters of a trial, by the names of the space. */
  params(trial: Pick<Trial, 'params'>): P {
    return pointOf(trial) as P;
  }

  /** The trials of the experiment, by the time they were submitted unless the options say otherwise. */
  async trials(options?: FetchTrialsOptions): Promise<Trial[]> {
    return this.#search.storage.fetchTrials(this.record, options);
  }

  /**
   * The trials of the versions that this one was branched from, the oldest first, as far as they lie in its space: each
   * with the params of this space, and otherwise as its own version has it. A dimension that a version lacks counts as having
   * its default there.
   */
  async inheritedTrials(options: WhereOptions = {}): Promise<Trial[]> {
    return fetchInherited(this.#search.storage, this.record, this.space, options.where);
  }

  /**
   * The completed trial with the smallest objective: of those with the highest fidelity, as others do not compare with them, and
   * of the feasible ones, where there are such. `undefined` where none is completed.
   */
  async best(): Promise<Trial | undefined> {
    return fetchBest(this.#search.storage, this.record);
  }

  /**
   * Each trial that is completed or broken, once: those that are, then others as they end, whoever evaluates them. It
   * ends when the signal is aborted or the loop is left.
   *
   * ```ts
   * for await (const trial of experiment.finished({ signal })) console.log(objectiveOf(trial.results));
   * ```
   */
  finished(options: FollowOptions = {}): AsyncIterable<Trial> {
    return finished(this.#search.storage, this.record, options);
  }

  /** How the search stands now, then again whenever that has changed, whoever works on it: for bars and pages. It ends as above. */
  progress(options: FollowOptions = {}): AsyncIterable<Progress> {
    return progress(this.#search, options);
  }

  /** How the search stands. */
  async stats(): Promise<ExperimentStats> {
    return fetchStats(this.#search.storage, this.record);
  }
}

import type { Database } from '../database.js';
import { describe, FailedUpdateError } from '../errors.js';
import { bySubmitTime, toFindOptions } from '../find-options.js';
import { checkOptions } from '../option-checks.js';
import { type Condition, compare, equal, oneOf } from '../query/condition.js';
import type { StorageOptions } from '../storage-options.js';
import type { ExperimentRef, FetchTrialsOptions, TrialRef } from '../storage-protocol.js';
import { trialOf, trialsWhere } from '../where.js';
import { pendingStatuses, type Trial, type TrialStatus, trialStatuses } from './trial.js';

const noncompletedStatuses = trialStatuses.filter((status) => status !== 'completed');

const fetchOptions = ['where', 'selection', 'sort', 'limit', 'skip'] as const;

/** What the protocol reads of trials. Lists come by `submit_time`, then `_id`, unless another order is asked for. */
export class TrialQueries {
  readonly #database: Database;
  readonly #clock: () => Date;
  readonly #lostAfter: number;

  constructor(database: Database, { clock, lostAfter }: Required<StorageOptions>) {
    this.#database = database;
    this.#clock = clock;
    this.#lostAfter = lostAfter;
  }

  async fetch(ref: ExperimentRef, options: FetchTrialsOptions): Promise<Trial[]> {
    const { where, ...shape } = checkOptions('fetchTrials', options, fetchOptions);
    const found = await this.#database.find('trials', trialsWhere(ref, where), {
      sort: bySubmitTime,
      ...toFindOptions(shape),
    });
    return found as Trial[];
  }

  async lost(experiment: ExperimentRef): Promise<Trial[]> {
    const lastBeat = new Date(this.#clock().getTime() - this.#lostAfter);
    const silent = compare(['heartbeat'], 'lessOrEqual', lastBeat);
    return await this.#those(experiment, equal('status', 'reserved'), silent);
  }

  pending(experiment: ExperimentRef): Promise<Trial[]> {
    return this.#those(experiment, oneOf('status', pendingStatuses));
  }

  noncompleted(experiment: ExperimentRef): Promise<Trial[]> {
    return this.#those(experiment, oneOf('status', noncompletedStatuses));
  }

  byStatus(experiment: ExperimentRef, status: TrialStatus): Promise<Trial[]> {
    return this.#those(experiment, equal('status', status));
  }

  async count(experiment: ExperimentRef, status: TrialStatus): Promise<number> {
    return await this.#database.count('trials', trialsWhere(experiment, undefined, equal('status', status)));
  }

  async get(ref: TrialRef): Promise<Trial | undefined> {
    const [trial] = await this.#database.find('trials', trialOf(ref), { limit: 1 });
    return trial as Trial | undefined;
  }

  /** @throws FailedUpdateError if there is no such trial. */
  async result(ref: TrialRef): Promise<Trial> {
    const stored = await this.get(ref);
    if (stored) return stored;
    throw new FailedUpdateError(
      `There is no trial ${describe(ref.id ?? ref.uid)} to take results from: register it first`,
    );
  }

  async #those(experiment: ExperimentRef, ...conditions: readonly Condition[]): Promise<Trial[]> {
    const where = trialsWhere(experiment, undefined, ...conditions);
    return (await this.#database.find('trials', where, { sort: bySubmitTime })) as Trial[];
  }
}

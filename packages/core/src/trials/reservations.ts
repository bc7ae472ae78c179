import type { Database, Update, UpdateStep } from '../database.js';
import type { Change } from '../document.js';
import { describe, FailedUpdateError, InvalidConfigurationError } from '../errors.js';
import { checkOptions } from '../option-checks.js';
import { and, equal, oneOf } from '../query/condition.js';
import { setting } from '../records.js';
import { getUid } from '../refs.js';
import type { StorageOptions } from '../storage-options.js';
import type {
  ExperimentRef,
  HeldTrial,
  PushedTrial,
  ReserveTrialOptions,
  SetTrialStatusOptions,
} from '../storage-protocol.js';
import { heldBy, trialOf, trialsOf } from '../where.js';
import { pendingStatuses, type Result, type Trial, type TrialStatus } from './trial.js';
import { checkObjective, checkResults, checkStatus, checkTime, checkWorker } from './validate-trial.js';

/**
 * Who holds which trial. Each reservation is a fresh token in the trial's document; what a worker writes to a trial
 * that it holds, it writes under the condition that the token is still its own. So a worker that was taken for lost
 * and comes back can do no harm. The methods are those of the protocol.
 */
export class Reservations {
  readonly #database: Database;
  readonly #clock: () => Date;
  readonly #createId: () => string;

  constructor(database: Database, options: Required<StorageOptions>) {
    this.#database = database;
    this.#clock = options.clock;
    this.#createId = options.createId;
  }

  async reserve(experiment: ExperimentRef, options: ReserveTrialOptions): Promise<Trial | undefined> {
    const { worker = null } = checkOptions('reserveTrial', options, ['worker']);
    const trials = trialsOf(getUid(experiment));
    checkWorker(worker);
    const now = this.#clock();
    const taken = { status: 'reserved', reservation: this.#createId(), heartbeat: now };
    const pending = {
      where: and(trials, oneOf('status', pendingStatuses)),
      // Without a name the former worker's must go, or that worker would get a trial back that somebody else holds now.
      changes: setting({ ...taken, start_time: now, worker }),
    };
    if (worker === null) return await this.#change(pending);
    const own = and(trials, equal('status', 'reserved'), equal('worker', worker));
    return await this.#change({ where: own, changes: setting(taken), otherwise: pending });
  }

  async pushResults(trial: PushedTrial, options: { readonly status?: 'completed' }): Promise<Trial> {
    const { status } = checkOptions('pushTrialResults', options, ['status']);
    const held = heldBy(trial);
    const results = checkResults(trial.results);
    if (status !== undefined) checkCompletion(status, results);
    const end_time = endOf(checkTime('start_time', trial.start_time), checkTime('end_time', trial.end_time));
    const changes = setting({ results, end_time: end_time ?? this.#clock(), ...(status && { status }) });
    return (
      (await this.#change({ where: held, changes })) ?? this.#refuse(trial, 'push results to', 'reserved')
    );
  }

  async setStatus(
    trial: HeldTrial & Pick<Trial, 'status'>,
    status: TrialStatus,
    options: SetTrialStatusOptions,
  ): Promise<Trial> {
    checkOptions('setTrialStatus', options, ['heartbeat', 'was']);
    const named = trialOf(trial);
    const was = checkStatus(options.was ?? trial.status);
    const where = was === 'reserved' ? heldBy(trial) : and(named, equal('status', was));
    const heartbeat = checkTime('heartbeat', options.heartbeat) ?? this.#clock();
    const changes = setting({ status: checkStatus(status), heartbeat });
    const changed = await this.#change({ where, changes: this.renewing(changes) });
    return changed ?? this.#refuse(trial, `set the status '${status}' of`, was);
  }

  async beat(trial: HeldTrial): Promise<boolean> {
    const changes = setting({ heartbeat: this.#clock() });
    const [beaten] = await this.#database.write(
      [{ kind: 'update', collection: 'trials', where: heldBy(trial), changes, limit: 1, returns: 'count' }],
      // With the power goes the worker too: its last beats are not worth a wait for the disk each.
      { durability: 'relaxed' },
    );
    return beaten > 0;
  }

  /** The changes; where they make a trial reserved, with a fresh reservation, which ends any before it, for the worker they name, or none. */
  renewing(changes: readonly Change[]): readonly Change[] {
    const reserves = changes.some(({ path, value }) => path[0] === 'status' && value === 'reserved');
    if (!reserves) return changes;
    return [...setting({ worker: null }), ...changes, ...setting({ reservation: this.#createId() })];
  }

  /** One trial, as it is after the update; `undefined` where none meets the condition. */
  async #change(update: Update & Pick<UpdateStep, 'otherwise'>): Promise<Trial | undefined> {
    const [[changed]] = await this.#database.write([
      { kind: 'update', collection: 'trials', limit: 1, ...update },
    ]);
    return changed as Trial | undefined;
  }

  async #refuse(trial: HeldTrial, intent: string, expected: TrialStatus): Promise<never> {
    const [stored] = (await this.#database.find('trials', trialOf(trial), { limit: 1 })) as Trial[];
    const failed = `Could not ${intent} trial ${describe(trial.id)}`;
    if (!stored) throw new FailedUpdateError(`${failed}: there is no such trial. Register it first`);
    if (stored.status !== expected) {
      throw new FailedUpdateError(
        `${failed}: it is '${stored.status}', not '${expected}'. Fetch it again before you go on`,
      );
    }
    throw new FailedUpdateError(
      `${failed}: it was taken for lost and reserved anew since. Leave it to its new holder`,
    );
  }
}

/** When the evaluation ended, where the worker tells. An end before the start is that of an earlier evaluation. */
function endOf(start: Date | undefined, end: Date | undefined): Date | undefined {
  return start && end && end < start ? undefined : end;
}

function checkCompletion(status: unknown, results: readonly Result[]): void {
  if (status === 'completed') return checkObjective(results);
  throw new InvalidConfigurationError(
    `pushTrialResults can set the status 'completed' only, not ${describe(status)}`,
  );
}

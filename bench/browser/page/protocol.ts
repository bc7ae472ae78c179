import {
  DocumentStorage,
  errorCode,
  type Id,
  type NewTrial,
  type OpenDatabase,
  type Result,
  type Trial,
  type TrialStatus,
} from '@trialbase/core';
import { oneOf } from '@trialbase/core/adapter';
import { EXPERIMENT, type Verbs } from './verbs.js';

const EXPERIMENT_REF = { uid: EXPERIMENT };

/** The verbs as an application has them: through the protocol. */
export class ProtocolVerbs implements Verbs {
  readonly #database: OpenDatabase;
  readonly #storage: DocumentStorage;

  constructor(database: OpenDatabase) {
    this.#database = database;
    this.#storage = new DocumentStorage(database);
  }

  /** Makes the algorithm lock, unless another tab or worker has made it. */
  async begin(): Promise<void> {
    try {
      await this.#storage.initializeAlgorithmLock(EXPERIMENT, {});
    } catch (error) {
      if (errorCode(error) !== 'duplicate-key') throw error;
    }
  }

  register(trial: NewTrial): Promise<Trial> {
    return this.#storage.registerTrial(trial);
  }

  async registerAll(trials: readonly NewTrial[]): Promise<readonly Trial[]> {
    return (await this.#storage.registerTrials(trials)).registered;
  }

  reserve(): Promise<Trial | undefined> {
    return this.#storage.reserveTrial(EXPERIMENT_REF);
  }

  beat(trial: Trial): Promise<boolean> {
    return this.#storage.updateHeartbeat(trial);
  }

  setStatus(trial: Trial, status: TrialStatus): Promise<Trial> {
    return this.#storage.setTrialStatus(trial, status);
  }

  complete(trial: Trial, results: readonly Result[]): Promise<Trial> {
    return this.#storage.pushTrialResults({ ...trial, results }, { status: 'completed' });
  }

  get({ id, experiment }: Trial): Promise<Trial | undefined> {
    return this.#storage.getTrial({ id, experiment });
  }

  byStatus(status: TrialStatus): Promise<Trial[]> {
    return this.#storage.fetchTrialsByStatus(EXPERIMENT_REF, status);
  }

  countCompleted(): Promise<number> {
    return this.#storage.countCompletedTrials(EXPERIMENT_REF);
  }

  useLock(state: unknown, meanwhile?: () => Promise<void> | void): Promise<void> {
    return this.#storage.acquireAlgorithmLock(EXPERIMENT_REF, async (locked) => {
      await meanwhile?.();
      locked.setState(state);
    });
  }

  remove(ids: readonly Id[]): Promise<unknown> {
    return this.#database.write([{ kind: 'remove', collection: 'trials', where: oneOf('_id', ids) }]);
  }

  close(): Promise<void> {
    return this.#storage.close();
  }
}

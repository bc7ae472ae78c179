import type { Id, NewTrial, Result, StorageProtocol, Trial, TrialStatus } from '@trialbase/core';
import { objective } from '@trialbase/core';
import type { Json } from './call.js';

/** A trial as a call saw it. `trial` names it among all experiments; `value` is its objective. */
export type SeenTrial = {
  readonly trial: string;
  readonly _id: Id;
  readonly status: TrialStatus;
  readonly reservation: string | null;
  readonly value: number | null;
};

/** What the workers of a history keep in the state of the algorithm: how often it was raised, and by which call last. */
export type LockState = { readonly count: number; readonly by: string };

/** What keeps the calls: a `CallLog` is one. */
export interface Recorder {
  record<T>(
    method: string,
    args: Json,
    brief: (answer: T) => Json,
    make: (note: (noted: Json) => void | Promise<void>) => Promise<T>,
  ): Promise<T>;
}

/** Where a lock starts. */
export const firstLockState: LockState = { count: 0, by: '' };

/** What names a trial among all experiments. */
function trialKey({ experiment, id }: Pick<Trial, 'experiment' | 'id'>): string {
  return `${experiment}/${id}`;
}

/**
 * A storage whose calls are logged in the form that the checks of a history know. Workers of any platform make their calls
 * through it.
 */
export class RecordedStorage {
  readonly storage: StorageProtocol;
  readonly #log: Recorder;
  readonly #name: string;
  #nextId: string | undefined;
  #marks = 0;

  /**
   * @param name the worker's, unlike that of any other worker in the history, earlier lives of it included.
   * @param connect makes the storage with the given maker of ids, so that reservations are known before they are made.
   */
  constructor(name: string, log: Recorder, connect: (createId: () => string) => StorageProtocol) {
    this.#name = name;
    this.#log = log;
    this.storage = connect(() => this.#nextId ?? freshId());
  }

  async registerTrial(trial: NewTrial & Pick<Trial, 'id'>): Promise<Trial> {
    return this.#log.record(
      'registerTrial',
      { trial: trialKey(trial) },
      ({ _id }: Trial) => ({ _id }),
      () => this.storage.registerTrial(trial),
    );
  }

  /** @param worker the name under which trials are held. A later life of a worker may use it again. */
  async reserveTrial(experiment: Id, worker?: string): Promise<Trial | undefined> {
    const reservation = freshId();
    return this.#log.record(
      'reserveTrial',
      { experiment, worker: worker ?? null, reservation },
      (trial: Trial | undefined) => ({ trial: trial ? seen(trial) : null }),
      () =>
        this.#withId(reservation, () =>
          this.storage.reserveTrial({ uid: experiment }, worker === undefined ? {} : { worker }),
        ),
    );
  }

  async updateHeartbeat(trial: Trial): Promise<boolean> {
    return this.#log.record(
      'updateHeartbeat',
      held(trial),
      (stands: boolean) => ({ stands }),
      () => this.storage.updateHeartbeat(trial),
    );
  }

  /** @param value unlike any other value in the history, so that a lost one is missed. */
  async pushTrialResults(
    trial: Trial,
    value: number,
    status?: 'completed',
    others: readonly Result[] = [],
  ): Promise<Trial> {
    const pushed = { ...trial, results: [{ name: 'loss', type: 'objective' as const, value }, ...others] };
    return this.#log.record(
      'pushTrialResults',
      { ...held(trial), value, status: status ?? null },
      (stored: Trial) => ({ trial: seen(stored) }),
      () => this.storage.pushTrialResults(pushed, status === undefined ? {} : { status }),
    );
  }

  async setTrialStatus(trial: Trial, status: TrialStatus): Promise<Trial> {
    return this.#log.record(
      'setTrialStatus',
      { ...held(trial), was: trial.status, status },
      (stored: Trial) => ({ trial: seen(stored) }),
      () => this.storage.setTrialStatus(trial, status),
    );
  }

  async getTrial(trial: Pick<Trial, 'experiment' | 'id'>): Promise<Trial | undefined> {
    return this.#log.record(
      'getTrial',
      { trial: trialKey(trial) },
      (found: Trial | undefined) => ({ trial: found ? seen(found) : null }),
      () => this.storage.getTrial({ uid: trial.id, experimentUid: trial.experiment }),
    );
  }

  async fetchTrials(experiment: Id): Promise<Trial[]> {
    return this.#log.record('fetchTrials', { experiment }, seenAll, () =>
      this.storage.fetchTrials({ uid: experiment }),
    );
  }

  async fetchLostTrials(experiment: Id): Promise<Trial[]> {
    return this.#log.record('fetchLostTrials', { experiment }, seenAll, () =>
      this.storage.fetchLostTrials({ uid: experiment }),
    );
  }

  async countCompletedTrials(experiment: Id): Promise<number> {
    return this.#log.record(
      'countCompletedTrials',
      { experiment },
      (count: number) => ({ count }),
      () => this.storage.countCompletedTrials({ uid: experiment }),
    );
  }

  /**
   * Raises the counter in the state of the algorithm under its lock.
   *
   * @param hold what the holder does meanwhile; nothing by default.
   */
  async raiseCounter(
    experiment: Id,
    timeout: number,
    hold: () => Promise<void> = async () => undefined,
  ): Promise<LockState> {
    this.#marks += 1;
    const mark = `${this.#name}.${this.#marks}`;
    return this.#log.record(
      'raiseCounter',
      { experiment, mark },
      (found: LockState) => ({ found }),
      (note) =>
        this.storage.acquireAlgorithmLock(
          { uid: experiment },
          { timeout, retryInterval: 50 },
          async (locked) => {
            const found = (locked.state ?? firstLockState) as LockState;
            await note({ found });
            await hold();
            locked.setState({ count: found.count + 1, by: mark });
            return found;
          },
        ),
    );
  }

  async readCounter(experiment: Id): Promise<LockState> {
    return this.#log.record(
      'readCounter',
      { experiment },
      (found: LockState) => ({ found }),
      async () => {
        const info = await this.storage.getAlgorithmLockInfo({ uid: experiment });
        return (info?.state ?? firstLockState) as LockState;
      },
    );
  }

  /** Takes the lock from whoever holds it. */
  async releaseAlgorithmLock(experiment: Id): Promise<boolean> {
    return this.#log.record(
      'releaseAlgorithmLock',
      { experiment },
      (released: boolean) => ({ released }),
      () => this.storage.releaseAlgorithmLock({ uid: experiment }),
    );
  }

  /** Deletes an experiment with its trials and its lock. */
  async deleteExperiment(experiment: Id): Promise<number> {
    return this.#log.record(
      'deleteExperiment',
      { experiment },
      (count: number) => ({ count }),
      () => this.storage.deleteExperiment({ uid: experiment }),
    );
  }

  async createBenchmark(name: string): Promise<void> {
    await this.#log.record(
      'createBenchmark',
      { name },
      () => ({}),
      () => this.storage.createBenchmark({ name }),
    );
  }

  async deleteBenchmark(name: string): Promise<number> {
    return this.#log.record(
      'deleteBenchmark',
      { name },
      (count: number) => ({ count }),
      () => this.storage.deleteBenchmark({ name }),
    );
  }

  async fetchBenchmark(name: string): Promise<number> {
    return this.#log.record(
      'fetchBenchmark',
      { name },
      (count: number) => ({ count }),
      async () => {
        return (await this.storage.fetchBenchmark({ name })).length;
      },
    );
  }

  /** Starts a call with the given id as the next that is made. Ids are made before the call first waits. */
  #withId<T>(id: string, start: () => Promise<T>): Promise<T> {
    this.#nextId = id;
    try {
      return start();
    } finally {
      this.#nextId = undefined;
    }
  }
}

function held(trial: Trial): { readonly trial: string; readonly reservation: string | null } {
  return { trial: trialKey(trial), reservation: trial.reservation ?? null };
}

function seen(trial: Trial): SeenTrial {
  const value = objective(trial)?.value;
  return {
    trial: trialKey(trial),
    _id: trial._id,
    status: trial.status,
    reservation: trial.reservation ?? null,
    value: typeof value === 'number' ? value : null,
  };
}

function seenAll(trials: readonly Trial[]): { readonly trials: SeenTrial[] } {
  return { trials: trials.map(seen) };
}

/** Sorts by creation, to the millisecond, among all workers. */
function freshId(): string {
  return `${Date.now().toString(16).padStart(12, '0')}-${crypto.randomUUID()}`;
}

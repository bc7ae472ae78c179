import type { Id } from '../../document.js';
import type { StorageProtocol } from '../../storage-protocol.js';
import type { NewTrial, Result, Trial } from '../../trials/trial.js';

/** A clock that stands until a test moves it on. */
export class HandClock {
  #now = Date.UTC(2024, 0, 1);

  readonly now = (): Date => new Date(this.#now);

  /** Moves on by some seconds, and tells the time then. */
  advance(seconds: number): Date {
    this.#now += seconds * 1_000;
    return this.now();
  }
}

/** A trial to register, told from others by the value of its one param. */
export function newTrial(experiment: Id, value: number, fields: Partial<NewTrial> = {}): NewTrial {
  return { experiment, params: [{ name: '/x', type: 'real', value }], ...fields };
}

export function objective(value: unknown): Result {
  return { name: 'loss', type: 'objective', value };
}

/** The value that tells a trial from others. */
export function valueOf(trial: Pick<Trial, 'params'> | undefined): unknown {
  return trial?.params[0]?.value;
}

export function valuesOf(trials: readonly Pick<Trial, 'params'>[]): unknown[] {
  return trials.map(valueOf);
}

/** Registers a trial and reserves it. */
export async function reserved(storage: StorageProtocol, experiment: Id, value: number): Promise<Trial> {
  await storage.registerTrial(newTrial(experiment, value));
  const trial = await storage.reserveTrial({ uid: experiment });
  if (!trial) throw new Error('there was a pending trial, but none was reserved');
  return trial;
}

/** All that a storage holds of some experiments, for comparing what it held before and after. */
export async function contentOf(storage: StorageProtocol, experiments: readonly Id[]): Promise<unknown> {
  const trials = [];
  const locks = [];
  for (const uid of experiments) {
    trials.push(await storage.fetchTrials({ uid }));
    const lock = await storage.getAlgorithmLockInfo({ uid });
    locks.push(lock && [lock.state, lock.configuration, lock.locked, lock.heartbeat]);
  }
  return [await storage.fetchExperiments({}), await storage.fetchBenchmark({}), trials, locks];
}

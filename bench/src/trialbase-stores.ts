import { DocumentStorage, MemoryStore, openMemory, type StorageProtocol, type Trial } from '@trialbase/core';
import { openFile } from '@trialbase/file';
import type { Store, StoredTrial, StoreKind } from './store.js';
import { finishedTrial, paramsOf, resultsOf } from './trials.js';

/** Each store opened is a new one. */
export const memory: StoreKind = {
  name: 'memory',
  open: async (path) => sharedMemory(new MemoryStore()).open(path),
};

/** All stores opened are connections to the same data. */
export function sharedMemory(store: MemoryStore): StoreKind {
  return {
    name: 'memory',
    open: async () => new TrialbaseStore(new DocumentStorage(await openMemory({ store }))),
  };
}

export function file(durability: 'relaxed' | 'strict'): StoreKind {
  return {
    name: durability,
    open: async (path) => new TrialbaseStore(new DocumentStorage(await openFile({ path, durability }))),
  };
}

/** The `_id` of the one experiment in every store. */
export const EXPERIMENT = 'bench';

/** As many trials as a search proposes at once, at the most. */
const BATCH = 1000;

/** Measures a storage through its protocol, as an application uses it. */
class TrialbaseStore implements Store {
  readonly #storage: StorageProtocol;

  constructor(storage: StorageProtocol) {
    this.#storage = storage;
  }

  async fill(from: number, to: number): Promise<void> {
    for (let start = from; start < to; start += BATCH) {
      const numbers = Array.from({ length: Math.min(BATCH, to - start) }, (_, i) => start + i);
      await this.#storage.registerTrials(numbers.map((number) => finishedTrial(EXPERIMENT, number)));
    }
  }

  async live(number: number): Promise<string> {
    const storage = this.#storage;
    await storage.registerTrial({
      experiment: EXPERIMENT,
      params: paramsOf(number),
      submit_time: new Date(),
    });
    const trial = (await storage.reserveTrial({ uid: EXPERIMENT })) as Trial;
    await storage.updateHeartbeat(trial);
    await storage.updateHeartbeat(trial);
    await storage.pushTrialResults({ ...trial, results: resultsOf(number) });
    await storage.setTrialStatus(trial, 'completed');
    await storage.countCompletedTrials({ uid: EXPERIMENT });
    return trial.id;
  }

  async trials(): Promise<StoredTrial[]> {
    return this.#storage.fetchTrials({ uid: EXPERIMENT });
  }

  async close(): Promise<void> {
    await this.#storage.close();
  }
}

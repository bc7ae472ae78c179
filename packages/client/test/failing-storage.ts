import { DocumentStorage, MemoryStore, openMemory, type StorageOptions, type Trial } from '@trialbase/core';

/** A storage over the store in which writes to trials fail, or wait, as long as they are told to. */
export class FailingStorage extends DocumentStorage {
  /** What heartbeats, results and statuses are refused with. */
  failure: Error | undefined;
  /** What looking for trials is refused with. */
  lookFailure: Error | undefined;
  /** What results wait for before they are stored. */
  gate: Promise<void> | undefined;
  /** How many writes were refused. */
  refused = 0;

  override async updateHeartbeat(...call: Parameters<DocumentStorage['updateHeartbeat']>): Promise<boolean> {
    this.#fail();
    return super.updateHeartbeat(...call);
  }

  override async pushTrialResults(...call: Parameters<DocumentStorage['pushTrialResults']>): Promise<Trial> {
    this.#fail();
    await this.gate;
    return super.pushTrialResults(...call);
  }

  override async setTrialStatus(...call: Parameters<DocumentStorage['setTrialStatus']>): Promise<Trial> {
    this.#fail();
    return super.setTrialStatus(...call);
  }

  override async fetchTrials(...call: Parameters<DocumentStorage['fetchTrials']>): Promise<Trial[]> {
    if (this.lookFailure) throw this.lookFailure;
    return super.fetchTrials(...call);
  }

  #fail(): void {
    if (!this.failure) return;
    this.refused += 1;
    throw this.failure;
  }
}

/** One that fails at times, and one that does not, over the same data. */
export async function failing(
  options?: StorageOptions,
): Promise<{ readonly storage: FailingStorage; readonly other: DocumentStorage }> {
  const store = new MemoryStore();
  return {
    storage: new FailingStorage(await openMemory({ store }), options),
    other: new DocumentStorage(await openMemory({ store }), options),
  };
}

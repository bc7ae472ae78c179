import {
  DocumentStorage,
  MemoryStore,
  openMemory,
  type StorageOptions,
  type StorageProtocol,
} from '@trialbase/core';

/** Storages over the same data, as workers in several places have them. */
export function shared(options?: StorageOptions): () => Promise<StorageProtocol> {
  const store = new MemoryStore();
  return async () => new DocumentStorage(await openMemory({ store }), options);
}

/** A storage over data of its own. */
export function alone(options?: StorageOptions): Promise<StorageProtocol> {
  return shared(options)();
}

/** Resolves when the condition holds; gives up after ten seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('Waited in vain for ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Resolves after so many milliseconds. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

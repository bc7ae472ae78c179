import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { StoreKind } from './store.js';

/** Lifecycles in each store before the clock starts. */
const SETTLING = 300;

/** Lifecycles a second in one process, in a fresh store in which this many finished trials are already. */
export async function lifecycleRate(kind: StoreKind, present: number, lifecycles: number): Promise<number> {
  return inDirectory(async (directory) => {
    const store = await kind.open(directory);
    try {
      await store.fill(0, present);
      collectGarbage();
      // After a full collection an engine needs a moment to be itself again; a store may have caches to fill.
      const first = present + SETTLING;
      for (let number = present; number < first; number++) await store.live(number);
      const start = performance.now();
      for (let i = 0; i < lifecycles; i++) await store.live(first + i);
      return (lifecycles / (performance.now() - start)) * 1000;
    } finally {
      await store.close();
    }
  });
}

/** Lends a new directory, and removes it afterwards. */
export async function inDirectory<T>(callback: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'trialbase-bench-'));
  try {
    return await callback(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

setFlagsFromString('--expose-gc');

/** Collects garbage now, so that no measurement pays for what was made before it. */
export const collectGarbage: () => void = runInNewContext('gc');

import type { RecordedStorage } from '../history/recorded-storage.js';

/** Reads everything that workers may have written, so that the history ends with what is there. */
export async function lookAtEverything(storage: RecordedStorage): Promise<void> {
  for (const { _id } of await storage.storage.fetchExperiments({}, { _id: 1 })) {
    await storage.fetchTrials(_id);
    await storage.countCompletedTrials(_id);
    await storage.readCounter(_id);
  }
  for (const name of benchmarkNames) await storage.fetchBenchmark(name);
}

/** The names over which workers quarrel. */
export const benchmarkNames = ['benchmark-1', 'benchmark-2', 'benchmark-3'] as const;

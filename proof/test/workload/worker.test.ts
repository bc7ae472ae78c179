import { DocumentStorage, MemoryStore, openMemory } from '@trialbase/core';
import type { OpenDatabase } from '@trialbase/core/adapter';
import { describe, expect, it } from 'vitest';
import { CallLog, readCalls } from '../../src/history/call-log.js';
import { checkHistory, type HistoryCheck } from '../../src/history/check-history.js';
import { RecordedStorage } from '../../src/history/recorded-storage.js';
import { lookAtEverything } from '../../src/workload/last-look.js';
import { plantedFaults, withFault } from '../../src/workload/planted-fault.js';
import { Random } from '../../src/workload/random.js';
import { work } from '../../src/workload/worker.js';

const WORKERS = 8;
const CALLS = 3000;

/** Lets eight workers work on one store in memory until they have made so many calls, and checks their history. */
async function checked(
  change: (database: OpenDatabase) => OpenDatabase,
  deletes = false,
): Promise<HistoryCheck & { readonly deletions: number }> {
  const store = new MemoryStore();
  const end = new AbortController();
  let entries = 0;
  const logs = Array.from({ length: WORKERS + 1 }, () => '');
  const recorded = async (i: number): Promise<RecordedStorage> => {
    const database = change(await openMemory({ store }));
    const keep = (line: string): void => {
      logs[i] += `${line}\n`;
      entries += 1;
      if (entries > 2 * CALLS) end.abort();
    };
    return new RecordedStorage(
      `w${i}`,
      new CallLog(`w${i}`, keep, () => performance.now()),
      (createId) => new DocumentStorage(database, { createId, lostAfter: 30 }),
    );
  };
  await Promise.all(
    Array.from({ length: WORKERS }, async (_, i) => {
      const [random, experimentAt] = [new Random(i), (now: number) => `e${Math.floor(now / 500)}`];
      const onTrouble = (error: unknown): never => {
        throw error;
      };
      await work(await recorded(i), {
        name: `w${i}`,
        random,
        experimentAt,
        lockTimeout: 500,
        deletes,
        onTrouble,
        signal: end.signal,
      });
    }),
  );
  await lookAtEverything(await recorded(WORKERS));
  const calls = logs.flatMap((log) => readCalls(log));
  const deletions = calls.filter(({ method }) => method === 'deleteExperiment').length;
  return { ...checkHistory(calls), deletions };
}

it('eight workers on a sound store leave a history that can be explained', async () => {
  const { faults, calls, objects } = await checked((database) => database);
  expect(faults).toEqual([]);
  expect(calls).toBeGreaterThan(CALLS / 2);
  expect(objects).toBeGreaterThan(50);
});

it('they do where experiments are deleted under them, too', async () => {
  const { faults, deletions } = await checked((database) => database, true);
  expect(faults).toEqual([]);
  expect(deletions).toBeGreaterThan(20);
});

describe('on a store that', () => {
  it.each(plantedFaults)('%s, it cannot be explained', async (fault) => {
    const deletes = fault === 'brings-deleted-trials-back';
    const { faults } = await checked((database) => withFault(database, fault), deletes);
    expect(faults).not.toEqual([]);
  });
});

/** A process of its own that fills a store, or opens one and makes the calls that it is told to. `child-store.ts` starts it. */

import { DocumentStorage, MemoryStore, openMemory, type StorageProtocol } from '@trialbase/core';
import { openFile } from '@trialbase/file';
import { collectGarbage } from 'bench/lifecycles';
import type { Assignment, Opened, Order } from './child-store.js';
import { FilledStore, fill } from './filled-store.js';
import { allProbes } from './probes.js';
import { processorTime } from './processor-time.js';

const { task, kind, directory, population } = JSON.parse(process.argv[2] ?? '') as Assignment;
const memory = new MemoryStore();

if (task === 'fill') {
  const storage = await open();
  await fill(storage, population);
  await storage.close();
} else {
  const { store, opened } = await openMeasured();
  process.on('message', async ({ probe, times }: Order) => {
    process.send?.(await allProbes[probe]?.probe.run(store, times, processorTime));
  });
  process.send?.(opened);
}

/** A store in memory is filled first: there is nothing else to open. */
async function openMeasured(): Promise<{ store: FilledStore; opened: Opened }> {
  collectGarbage();
  const before = process.memoryUsage();
  const start = performance.now();
  const store = await FilledStore.open(population, open);
  if (kind === 'memory') await fill(store.storage, population);
  const milliseconds = performance.now() - start;
  collectGarbage();
  const after = process.memoryUsage();
  const heap = after.heapUsed + after.external - before.heapUsed - before.external;
  return { store, opened: { milliseconds, heap, resident: after.rss - before.rss } };
}

async function open(): Promise<StorageProtocol> {
  const database = await (kind === 'file' ? openFile({ path: directory }) : openMemory({ store: memory }));
  return new DocumentStorage(database);
}

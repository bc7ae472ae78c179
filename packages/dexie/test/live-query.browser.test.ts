import { DocumentStorage } from '@trialbase/core';
import { openDexie } from '@trialbase/dexie';
import { expect, it } from 'vitest';
import { databaseName, remove } from './indexed-db.js';
import { Live } from './live.js';

it('a live query runs again with a change that a worker makes', async () => {
  const name = databaseName();
  const storage = new DocumentStorage(await openDexie({ name }));
  await storage.createExperiment({ _id: 'e', name: 'e' });
  const query = new Live(async () => (await storage.fetchTrials({ uid: 'e' })).length);
  await expect.poll(query.last).toBe(0);
  const worker = new Worker(new URL('./writer-worker.ts', import.meta.url), { type: 'module' });
  const registered = new Promise((resolve) => worker.addEventListener('message', resolve, { once: true }));
  worker.postMessage({ name, experiment: 'e' });
  await registered;
  await expect.poll(query.last, { timeout: 10_000 }).toBe(1);
  worker.terminate();
  query.stop();
  await storage.close();
  await remove(name);
});

import { DocumentStorage } from '@trialbase/core';
import { openDexie } from '@trialbase/dexie';

/** Another place of the same origin: told a database and an experiment, it registers a trial there. */
self.addEventListener('message', async ({ data }: MessageEvent<{ name: string; experiment: string }>) => {
  const storage = new DocumentStorage(await openDexie({ name: data.name }));
  await storage.registerTrial({ experiment: data.experiment, params: [] });
  await storage.close();
  self.postMessage('registered');
});

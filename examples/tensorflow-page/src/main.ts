/** Tunes a network of TensorFlow.js in Web Workers, and gives up early what learns too slowly. */

import { inWebWorker, medianStopping, setupStorage, tabWorkerName } from 'trialbase';
import { follow } from './follow.js';
import { openSearch, type Params } from './search.js';

const wanted = new URLSearchParams(location.search).get('trials');
const storage = await setupStorage({ name: 'tensorflow-page' });
const search = await openSearch(storage, Number(wanted ?? 24));

const stopping = new AbortController();
const stop = document.querySelector<HTMLButtonElement>('#stop');
stop?.addEventListener('click', () => stopping.abort());

void follow(search);

const objective = inWebWorker<Params>(
  () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
);
const { reason } = await search.workOn(objective, {
  workers: Math.min(4, navigator.hardwareConcurrency),
  worker: await tabWorkerName(), // a reloaded page goes on with the trials it was at
  stopping: medianStopping({ warmupSteps: 2, minTrials: 4 }),
  signal: stopping.signal,
});
stop?.replaceWith(reason === 'max-trials' ? 'Done.' : 'Stopped. Reload the page to go on.');
document.title = reason === 'max-trials' ? 'Tuned' : 'Stopped';

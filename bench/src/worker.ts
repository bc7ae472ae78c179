/** A process of its own that lives trials in a store that others share. `processes.ts` starts it. */

import { once } from 'node:events';
import { type Assignment, sharedStores, type Work } from './shared-store.js';

const { store: name, directory, from, seconds } = JSON.parse(process.argv[2] ?? '') as Assignment;
const store = await sharedStores[name].open(directory);
const go = once(process, 'message');
process.send?.('ready');
await go;

const completed: string[] = [];
// At first the engine is still compiling.
await liveFor(seconds);
const warm = completed.length;
const took = await liveFor(seconds);
const work: Work = { completed, rate: (completed.length - warm) / took };

await store.close();
process.send?.(work, () => process.disconnect());

/** @returns how many seconds it took in the end. */
async function liveFor(wanted: number): Promise<number> {
  const start = performance.now();
  const end = start + wanted * 1000;
  while (performance.now() < end) completed.push(await store.live(from + completed.length));
  return (performance.now() - start) / 1000;
}

/** A process of its own that lives trials in a store that others share. `processes.ts` starts it. */

import { once } from 'node:events';
import { type Assignment, sharedStores, type Work } from './shared-store.js';

const { store: name, directory, from, seconds } = JSON.parse(process.argv[2] ?? '') as Assignment;
const store = await sharedStores[name].open(directory);
const go = once(process, 'message');
process.send?.('ready');
await go;

const completed: string[] = [];
const start = performance.now();
const end = start + seconds * 1000;
while (performance.now() < end) completed.push(await store.live(from + completed.length));
const work: Work = { completed, seconds: (performance.now() - start) / 1000 };

await store.close();
process.send?.(work, () => process.disconnect());

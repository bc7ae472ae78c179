/** A process of its own that lives trials in a store that others share. `processes.ts` starts it. */

import { once } from 'node:events';
import { livesTogether } from './lives-together.js';
import { type Assignment, sharedStores } from './shared-store.js';

const {
  store: name,
  directory,
  from,
  seconds,
  connections = 1,
} = JSON.parse(process.argv[2] ?? '') as Assignment;
const stores = await Promise.all(
  Array.from({ length: connections }, () => sharedStores[name].open(directory)),
);
const go = once(process, 'message');
process.send?.('ready');
await go;
const work = await livesTogether(stores, from, seconds);
for (const store of stores) await store.close();
process.send?.(work, () => process.disconnect());

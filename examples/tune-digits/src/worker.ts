/** A worker process: trains networks for the search in the store that its argument names, until told to stop. */

import { HEARTBEAT, joinSearch, judge } from 'digits';
import { loadDigits } from './load-digits.js';
import { openStore } from './store.js';

const stopping = new AbortController();
const stop = (): void => stopping.abort();
// Ctrl-C reaches the whole group of processes; SIGTERM is how the parent asks; it disconnects by dying.
process.on('SIGINT', stop).on('SIGTERM', stop).on('disconnect', stop);

const [path = ''] = process.argv.slice(2);
const storage = await openStore(path);
const search = await joinSearch(storage);
const parts = await loadDigits();

await search.workOn((evaluation) => judge(parts, evaluation), {
  // A name that nobody else has, not even a worker of another run on the same store.
  worker: `pid-${process.pid}`,
  heartbeatInterval: HEARTBEAT,
  signal: stopping.signal,
});
await storage.close();
process.disconnect?.();

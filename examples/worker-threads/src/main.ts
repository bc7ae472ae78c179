/** Tunes a network that reads digits, on all cores: node dist/main.js [trials] */

import { availableParallelism } from 'node:os';
import { describeSettings, openSearch, type Params } from 'digits';
import {
  inWorkerThread,
  medianStopping,
  objectiveOf,
  reportsOf,
  setupStorage,
  showProgress,
} from 'trialbase';

const [trials = '24'] = process.argv.slice(2);
const storage = await setupStorage({ path: '.trialbase-worker-threads' });
const search = await openSearch(storage, { trials: Number(trials), seed: 1 });

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort()); // Ctrl-C: start it again to go on

const objective = inWorkerThread<Params>(new URL('objective.js', import.meta.url));
const working = search.workOn(objective, {
  workers: availableParallelism(),
  stopping: medianStopping({ warmupSteps: 3 }),
  signal: stopping.signal,
});
await showProgress(search, working);

const completed = await search.trials({ where: { status: 'completed' } });
const early = completed.filter((trial) => reportsOf(trial).length < search.params(trial).epochs);
console.log(`${completed.length} networks were trained, ${early.length} of them not to the end.`);
const best = await search.best();
if (best)
  console.log(
    `The best has a loss of ${objectiveOf(best.results)}: ${describeSettings(search.params(best))}`,
  );
await storage.close();

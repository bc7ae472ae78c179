/** Tunes a network that reads digits, in Web Workers, and shows how it goes. */

import { describeSettings, openSearch, type Params } from 'digits';
import { inWebWorker, objectiveOf, reportsOf, setupStorage, tabWorkerName } from 'trialbase';

const trials = Number(new URLSearchParams(location.search).get('trials') ?? 24);
const storage = await setupStorage({ name: 'tuned-page' });
const search = await openSearch(storage, { trials, seed: 1 });

const find = (id: string): HTMLElement => document.querySelector<HTMLElement>(`#${id}`) ?? document.body;
const stopping = new AbortController();
find('stop').addEventListener('click', () => stopping.abort());

const objective = inWebWorker<Params>(
  () => new Worker(new URL('./objective.ts', import.meta.url), { type: 'module' }),
);
const working = search.workOn(objective, {
  workers: Math.min(4, navigator.hardwareConcurrency),
  worker: await tabWorkerName(), // a reloaded page goes on with the trials it was at
  signal: stopping.signal,
});
void show(stopping.signal);

const { reason } = await working;
find('running').replaceChildren();
find('stop').replaceWith(reason === 'max-trials' ? 'Done.' : 'Stopped. Reload the page to go on.');
document.title = reason === 'max-trials' ? 'Tuned' : 'Stopped';

/** What this tab and others do, as it happens. */
async function show(signal: AbortSignal): Promise<void> {
  for await (const { counts, maxTrials = 0, running, best } of search.progress({ signal })) {
    find('bar').setAttribute('value', String(counts.completed / maxTrials));
    find('count').textContent = `${counts.completed} of ${maxTrials}`;
    const lines = running.map((trial) => {
      const [epoch, loss] = reportsOf(trial).at(-1) ?? [];
      const line = document.createElement('li');
      const learned = loss === undefined ? '' : `: loss ${loss.toFixed(3)} after epoch ${epoch}`;
      line.textContent = describeSettings(search.params(trial)) + learned;
      return line;
    });
    find('running').replaceChildren(...lines);
    if (best)
      find('best').textContent =
        `The best so far has a loss of ${objectiveOf(best.results)?.toFixed(4)}: ${describeSettings(search.params(best))}`;
  }
}

import { type ExperimentClient, objectiveOf, type Progress, reportsOf, type Trial } from 'trialbase';
import { CurvePlot } from './curve-plot.js';
import { describeSettings, EPOCHS, type Params } from './search.js';

const find = (id: string): HTMLElement => document.querySelector<HTMLElement>(`#${id}`) ?? document.body;

/** Shows what this tab and others do, as it happens, until the page is left. */
export async function follow(search: ExperimentClient<Params>): Promise<void> {
  const plot = new CurvePlot(find('plot'));
  const ended: Trial[] = [];
  void (async () => {
    for await (const trial of search.finished()) {
      ended.push(trial);
      plot.show(trial, isStopped(trial) ? 'stopped' : 'completed');
      find('saved').textContent = saving(ended);
    }
  })();
  for await (const progress of search.progress()) {
    for (const trial of progress.running) plot.show(trial, 'running');
    if (progress.best) plot.mark(progress.best);
    showProgress(search, progress);
  }
}

function showProgress(
  search: ExperimentClient<Params>,
  { counts, maxTrials = 0, running, best }: Progress,
): void {
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
  find('now').hidden = lines.length === 0;
  if (best) {
    const loss = objectiveOf(best.results)?.toFixed(4);
    find('best').textContent =
      `The best so far has a loss of ${loss}: ${describeSettings(search.params(best))}`;
  }
}

function isStopped(trial: Trial): boolean {
  return reportsOf(trial).length < EPOCHS;
}

/** What stopping early has spared. */
function saving(ended: readonly Trial[]): string {
  const stopped = ended.filter(isStopped);
  const spent = ended.reduce((sum, trial) => sum + reportsOf(trial).length, 0);
  const spared = Math.round(100 * (1 - spent / (ended.length * EPOCHS)));
  return `${stopped.length} of ${ended.length} were stopped early, which spared ${spared}\u00a0% of the epochs.`;
}

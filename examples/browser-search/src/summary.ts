import { accuracyOf, lossOf, type Params, percent, short } from 'digits';
import { type Trial, trialStatuses } from 'trialbase';
import { count, describeProgress, describeState, isFinished, type Situation } from './describe-state.js';
import { element, setText } from './element.js';

const progress = element('progress', HTMLProgressElement);
const progressText = element('progress-text', HTMLElement);
const stateText = element('state', HTMLElement);
const announcer = element('announcer', HTMLElement);
const counts = element('counts', HTMLUListElement);
const noBest = element('no-best', HTMLElement);
const best = element('best', HTMLElement);

/** Those that work, then those that wait, then the rest. */
const order = trialStatuses.toSorted((a, b) => rank(a) - rank(b));

/** How far the search is, in numbers and words. */
export function showProgress(situation: Situation): void {
  const { overview, wanted } = situation;
  const text = describeProgress(situation);
  progress.max = wanted;
  progress.value = Math.min(overview.counts.completed, wanted);
  setText(progressText, text);
  setText(stateText, describeState(situation));
  setText(announcer, announcement(situation));
  document.title = `${overview.counts.completed}/${wanted} – Digits search`;
  order.forEach((status, i) => {
    const entry = counts.children[i] ?? counts.appendChild(document.createElement('li'));
    entry.setAttribute('data-status', status);
    setText(entry, `${count(overview.counts[status])} ${status}`);
  });
}

/** The best trial with its settings. */
export function showBest(
  trial: Trial | undefined,
  number: number | undefined,
  params: Params | undefined,
): void {
  noBest.hidden = trial !== undefined;
  best.hidden = trial === undefined;
  if (!trial || !params) return;
  const { learningRate, hiddenLayers, hiddenUnits, activation, l2, batchSize, epochs } = params;
  const entries = {
    Loss: lossOf(trial).toFixed(4),
    Accuracy: percent(accuracyOf(trial)),
    Trial: String(number ?? ''),
    Network: `${hiddenLayers} × ${hiddenUnits} ${activation}`,
    'Learning rate': short(learningRate),
    L2: short(l2),
    Batch: String(batchSize),
    Epochs: String(epochs),
  };
  Object.entries(entries).forEach(([name, value], i) => {
    const group = best.children[i] ?? best.appendChild(entryOf(name));
    setText(group.lastElementChild as Element, value);
  });
}

function entryOf(name: string): HTMLElement {
  const group = document.createElement('div');
  group.append(document.createElement('dt'), document.createElement('dd'));
  setText(group.firstElementChild as Element, name);
  return group;
}

/** What is read out to those who do not see the page: not each trial, but each tenth of the way. */
function announcement(situation: Situation): string {
  const { overview, wanted, state } = situation;
  if (isFinished(situation)) return `Finished. The best loss is ${lossOf(overview.best).toFixed(4)}.`;
  const tenth = 10 * Math.floor((10 * overview.counts.completed) / wanted);
  return `${state === 'idle' ? 'Not running' : 'Running'}: ${tenth} percent completed.`;
}

function rank(status: Trial['status']): number {
  return ['completed', 'reserved', 'new', 'interrupted', 'suspended', 'broken'].indexOf(status);
}

import { MOST_WORKERS } from './address.js';
import type { RunState } from './describe-state.js';
import { element, setText } from './element.js';

/** Unless the address says, no more workers than this: the page shall stay quick. */
const MOST_BY_DEFAULT = 4;

const form = element('controls', HTMLFormElement);
const workers = element('workers', HTMLInputElement);
const trials = element('trials', HTMLInputElement);
const start = element('start', HTMLButtonElement);
const beginNew = element('begin-new', HTMLButtonElement);
const exporting = element('export', HTMLButtonElement);

const labels: Record<RunState, string> = { idle: 'Start', running: 'Stop', stopping: 'Stopping…' };

/** What the user asks for. */
export interface Wish {
  readonly workers: number;
  readonly trials: number;
}

/** What the user may do. */
export interface Actions {
  readonly start: (wish: Wish) => void;
  readonly stop: () => void;
  readonly beginNew: () => void;
  readonly exportTrials: () => void;
}

/** The form that starts and stops the search. One button does both, so that it keeps the focus. */
export class Controls {
  #state: RunState = 'idle';
  #wanted: number | undefined;

  constructor(size: number | undefined, actions: Actions) {
    workers.max = String(MOST_WORKERS);
    workers.valueAsNumber = size ?? Math.min(MOST_BY_DEFAULT, navigator.hardwareConcurrency);
    beginNew.addEventListener('click', actions.beginNew);
    exporting.addEventListener('click', actions.exportTrials);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#state === 'running') actions.stop();
      if (this.#state === 'idle')
        actions.start({ workers: workers.valueAsNumber, trials: trials.valueAsNumber });
    });
  }

  /**
   * What is set cannot be changed while workers are at it. What the user has typed is left alone until it changes elsewhere.
   * Only what is shown can be started: a form that asks for no trials yet would refuse to.
   */
  show(state: RunState, wanted: number, completed: number): void {
    this.#state = state;
    workers.disabled = state !== 'idle';
    trials.disabled = state !== 'idle';
    setText(start, labels[state]);
    if (wanted !== this.#wanted) trials.valueAsNumber = wanted;
    this.#wanted = wanted;
    trials.min = String(Math.max(1, completed));
    for (const button of [start, beginNew, exporting]) button.disabled = false;
  }
}

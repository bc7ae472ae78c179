import { describeSettings, type Params } from 'digits';
import { type ExperimentClient, reportsOf, type Trial } from 'trialbase';
import { element } from './element.js';
import type { Overview } from './overview.js';
import { createPlot, themeColor } from './plot.js';
import { Slots } from './slots.js';

/** As many curves have a colour of their own. More are not drawn. */
const MOST_CURVES = 8;

const host = element('learning-plot', HTMLElement);
const key = element('learning-key', HTMLUListElement);

/** The learning curves of the running trials of all tabs and, to compare them with, that of the best. */
export class LearningPlot {
  readonly #search: ExperimentClient<Params>;
  readonly #slots = new Slots<string | null>(MOST_CURVES);
  readonly #plot = createPlot(host, 'epoch', [
    { stroke: themeColor('faint'), width: 3, points: { show: false } },
    ...Array.from({ length: MOST_CURVES }, (_, i) => ({
      stroke: themeColor(`curve-${i + 1}`),
      width: 2,
      points: { show: true, size: 5, width: 0, fill: themeColor(`curve-${i + 1}`) },
    })),
  ]);
  #overview: Overview | undefined;
  #isDue = false;

  constructor(search: ExperimentClient<Params>) {
    this.#search = search;
  }

  /** Draws the curves soon: no more often than the screen is. */
  show(overview: Overview): void {
    this.#overview = overview;
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      if (this.#overview) this.#draw(this.#overview);
    });
  }

  #draw({ running, best }: Overview): void {
    this.#slots.seat(running.map(({ worker }) => worker));
    const seated = running.toSorted((a, b) => this.#rank(a) - this.#rank(b));
    const drawn = Array.from({ length: MOST_CURVES }, (): readonly number[] => []);
    for (const trial of running) {
      const slot = this.#slots.of(trial.worker);
      if (slot !== undefined) drawn[slot] = lossesOf(trial);
    }
    const curves = [lossesOf(best), ...drawn];
    const epochs = Math.max(1, ...curves.map(({ length }) => length));
    const numbers = Array.from({ length: epochs }, (_, i) => i + 1);
    this.#plot.setData([numbers, ...curves.map((curve) => numbers.map((_, i) => curve[i] ?? null))]);
    // The list grows while workers come, and does not shrink between two trials of one: what is below would jump.
    key.style.minHeight = running.length > 0 ? `${key.offsetHeight}px` : '';
    key.replaceChildren(
      ...(best ? [keyEntry('best', 'best so far')] : []),
      ...seated.map((trial) => this.#entry(trial)),
    );
    host.ariaLabel = `Learning curves of ${running.length} running trials${best ? ' and of the best' : ''}`;
  }

  #rank({ worker }: Trial): number {
    return this.#slots.of(worker) ?? MOST_CURVES;
  }

  #entry(trial: Trial): HTMLElement {
    const params = this.#search.params(trial);
    const losses = lossesOf(trial);
    const far =
      losses.length > 0
        ? `: epoch ${losses.length} of ${params.epochs}, loss ${losses.at(-1)?.toFixed(4)}`
        : '';
    const slot = this.#slots.of(trial.worker);
    return keyEntry(
      slot === undefined ? 'none' : `curve-${slot + 1}`,
      `${trial.worker}${far}`,
      describeSettings(params),
    );
  }
}

/** The loss after each epoch, as the worker reported it. */
function lossesOf(trial: Trial | undefined): readonly number[] {
  return trial ? reportsOf(trial).map(([, loss]) => loss) : [];
}

function keyEntry(color: string, text: string, more?: string): HTMLElement {
  const entry = document.createElement('li');
  entry.dataset['color'] = color;
  entry.textContent = text;
  if (more) {
    const small = document.createElement('small');
    small.textContent = more;
    entry.append(' ', small);
  }
  return entry;
}

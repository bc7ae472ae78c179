import { describeSettings, type Params } from 'digits';
import type { ExperimentClient, Id, Trial } from 'trialbase';
import { element } from './element.js';
import type { LearningCurve, LearningCurves } from './learning-curves.js';
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
  readonly #growing = new Map<Id, LearningCurve>();
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

  constructor(search: ExperimentClient<Params>, curves: LearningCurves) {
    this.#search = search;
    curves.listen((curve) => {
      this.#growing.set(curve.trial, curve);
      this.#drawSoon();
    });
  }

  show(overview: Overview): void {
    this.#overview = overview;
    const running = new Set(overview.running.map(({ _id }) => _id));
    for (const trial of this.#growing.keys()) if (!running.has(trial)) this.#growing.delete(trial);
    this.#drawSoon();
  }

  #drawSoon(): void {
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
      if (slot !== undefined) drawn[slot] = this.#growing.get(trial._id)?.losses ?? [];
    }
    const curves = [storedCurve(best), ...drawn];
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
    const { epochs, losses } = this.#growing.get(trial._id) ?? { epochs: 0, losses: [] };
    const settings = describeSettings(this.#search.params(trial));
    const far =
      losses.length > 0 ? `: epoch ${losses.length} of ${epochs}, loss ${losses.at(-1)?.toFixed(4)}` : '';
    const slot = this.#slots.of(trial.worker);
    return keyEntry(slot === undefined ? 'none' : `curve-${slot + 1}`, `${trial.worker}${far}`, settings);
  }
}

/** The learning curve that was stored with the results. */
function storedCurve(trial: Trial | undefined): readonly number[] {
  const value = trial?.results.find(({ name }) => name === 'losses')?.value;
  return Array.isArray(value) ? value : [];
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

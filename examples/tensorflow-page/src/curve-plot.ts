import { type Id, reportsOf, type Trial } from 'trialbase';
import uPlot from 'uplot';
import { EPOCHS } from './search.js';

/** What became of a network, or that it is learning. */
export type Stage = 'running' | 'completed' | 'stopped';

interface Curve {
  stage: Stage;
  losses: readonly (number | null)[];
}

const HEIGHT = 320;
const FONT = '12px system-ui, sans-serif';
const STEPS = Array.from({ length: EPOCHS }, (_, i) => i + 1);

/** A colour of the style sheet: asked for at each drawing, as light may have turned to dark. */
const color = (name: string) => (): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);

/** The learning curves of all networks, by what became of them; that of the best is drawn thicker. */
export class CurvePlot {
  readonly #host: HTMLElement;
  readonly #curves = new Map<Id, Curve>();
  readonly #plot: uPlot;
  #best: Id | undefined;
  #isDue = false;

  constructor(host: HTMLElement) {
    this.#host = host;
    const axis = { stroke: color('muted'), font: FONT, labelFont: FONT, labelSize: 20 };
    const grid = { stroke: color('line'), width: 1 };
    this.#plot = new uPlot(
      {
        width: host.clientWidth,
        height: HEIGHT,
        cursor: { show: false },
        legend: { show: false },
        scales: {
          x: { time: false },
          y: { distr: 3, range: (_, min, max) => (max > 0 ? [roundDown(min), max * 1.2] : [0.1, 3]) },
        },
        axes: [
          { ...axis, grid, ticks: grid, label: 'epoch', incrs: [1, 2, 5], size: 32 },
          { ...axis, grid, ticks: grid, label: 'loss on the validation part', size: 48 },
        ],
        series: [{}],
      },
      [STEPS],
      host,
    );
    new ResizeObserver(() => this.#plot.setSize({ width: host.clientWidth, height: HEIGHT })).observe(host);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#plot.redraw(false));
  }

  /** Draws the curve of a trial, as far as it is known. */
  show(trial: Trial, stage: Stage): void {
    const losses: (number | null)[] = STEPS.map(() => null);
    for (const [step, loss] of reportsOf(trial)) losses[step - 1] = loss;
    const known = this.#curves.get(trial._id);
    if (known?.stage !== undefined && known.stage !== 'running' && stage === 'running') return; // told late
    this.#curves.set(trial._id, { stage, losses });
    if (!known) this.#plot.addSeries(this.#seriesOf(trial._id));
    this.#drawSoon();
  }

  mark(best: Trial): void {
    this.#best = best._id;
    this.#drawSoon();
  }

  #seriesOf(id: Id): uPlot.Series {
    return {
      stroke: () => color(this.#best === id ? 'best' : (this.#curves.get(id)?.stage ?? 'running'))(),
      points: { show: false },
    };
  }

  #drawSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #draw(): void {
    const curves = [...this.#curves.entries()];
    for (const [i, [id, { stage }]] of curves.entries()) {
      const series = this.#plot.series[i + 1] as uPlot.Series;
      series.width = id === this.#best ? 4 : stage === 'running' ? 2.5 : 1.5;
      series.dash = stage === 'stopped' ? [5, 4] : [];
    }
    this.#plot.setData([STEPS, ...curves.map(([, { losses }]) => [...losses])]);
    const count = (stage: Stage): number => curves.filter(([, curve]) => curve.stage === stage).length;
    this.#host.ariaLabel = `Learning curves: ${count('running')} running, ${count('completed')} completed, ${count('stopped')} stopped early`;
  }
}

/** The next number with one significant digit: the marks of the axis begin there. */
function roundDown(value: number): number {
  const power = Math.floor(Math.log10(value));
  return Number(`${Math.floor(value / 10 ** power)}e${power}`);
}

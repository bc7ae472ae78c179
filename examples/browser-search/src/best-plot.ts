import { lossOf } from 'digits';
import uPlot from 'uplot';
import { element } from './element.js';
import { bestSoFar, type Overview } from './overview.js';
import { createPlot, themeColor } from './plot.js';

/** The width of a dot, in pixels of the page. */
const DOT = 5;

/** With more dots than this, they are the fainter the more there are. */
const MANY = 1_000;

const host = element('best-plot', HTMLElement);
const dotColor = themeColor('faint');
const none = (): null => null;

const plot = createPlot(
  host,
  'trials in order of completion',
  [
    { paths: none, points: { show: false } },
    {
      stroke: themeColor('accent'),
      width: 2,
      paths: uPlot.paths.stepped?.({ align: 1 }) ?? none,
      points: { show: false },
      spanGaps: true,
    },
  ],
  { drawAxes: [drawDots] },
);

let drawn: readonly unknown[] = [];

/** Draws the loss of each completed trial and the smallest there was until then, unless that is what it shows. */
export function drawBest({ completed }: Overview): void {
  if (isSame(completed, drawn)) return;
  drawn = completed;
  const losses = completed.map(lossOf).filter(Number.isFinite);
  const best = bestSoFar(losses);
  plot.setData([losses.map((_, i) => i + 1), losses, cornersOf(best)]);
  host.ariaLabel =
    losses.length === 0
      ? 'No trial is completed yet'
      : `The best loss over ${losses.length} trials fell from ${best[0]?.toFixed(4)} to ${best.at(-1)?.toFixed(4)}`;
}

/** A line through thousands of points takes long to draw, and all but the corners of this one lie on a straight. */
function cornersOf(best: readonly number[]): (number | null)[] {
  const last = best.length - 1;
  return best.map((value, i) => (i === last || value !== best[i - 1] ? value : null));
}

/** One by one, which is many times quicker than the one path with thousands of arcs that the library would make of them. */
function drawDots(on: uPlot): void {
  const { ctx } = on;
  const [numbers, losses = []] = on.data;
  const radius = (DOT / 2) * devicePixelRatio;
  ctx.fillStyle = dotColor();
  ctx.globalAlpha = Math.max(0.15, Math.min(1, MANY / numbers.length));
  numbers.forEach((number, i) => {
    ctx.beginPath();
    ctx.arc(on.valToPos(number, 'x', true), on.valToPos(losses[i] ?? 0, 'y', true), radius, 0, 2 * Math.PI);
    ctx.fill();
  });
  ctx.globalAlpha = 1;
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

import { lossOf } from 'digits';
import uPlot from 'uplot';
import { element } from './element.js';
import { bestSoFar, type Overview } from './overview.js';
import { createPlot, themeColor } from './plot.js';

const host = element('best-plot', HTMLElement);

const plot = createPlot(host, 'trials in order of completion', [
  {
    stroke: themeColor('muted'),
    paths: () => null,
    points: { show: true, size: 6, width: 0, fill: themeColor('faint') },
  },
  {
    stroke: themeColor('accent'),
    width: 2,
    paths: uPlot.paths.stepped?.({ align: 1 }) ?? (() => null),
    points: { show: false },
  },
]);

/** Draws the loss of each completed trial and the smallest there was until then. */
export function drawBest({ completed }: Overview): void {
  const losses = completed.map(lossOf).filter(Number.isFinite);
  const best = bestSoFar(losses);
  plot.setData([losses.map((_, i) => i + 1), losses, best]);
  host.ariaLabel =
    losses.length === 0
      ? 'No trial is completed yet'
      : `The best loss over ${losses.length} trials fell from ${best[0]?.toFixed(4)} to ${best.at(-1)?.toFixed(4)}`;
}

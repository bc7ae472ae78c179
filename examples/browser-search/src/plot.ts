import uPlot from 'uplot';
import { logTicks } from './ticks.js';

const HEIGHT = 260;
const FONT = '12px system-ui, sans-serif';

/** Pixels between two marks of the vertical axis. */
const MARKS_APART = 28;

/** A colour of the theme, in canvas terms: asked for at each drawing, as light may have turned to dark. */
export function themeColor(name: string): () => string {
  return () => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);
}

/**
 * Draws series over whole numbers from 1 on, on a logarithmic scale, as wide as the element. The element is an image to
 * those who cannot see it: its label has to say what it shows.
 */
export function createPlot(
  host: HTMLElement,
  xLabel: string,
  series: readonly uPlot.Series[],
  hooks: uPlot.Hooks.Arrays = {},
): uPlot {
  const plot = new uPlot(
    {
      hooks,
      width: host.clientWidth || 320,
      height: HEIGHT,
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { time: false, range: (_, __, max) => [1, Math.max(10, max)] },
        y: { distr: 3, range: (_, min, max) => (max > 0 ? [min / 1.15, max * 1.15] : [0.1, 1]) },
      },
      axes: [
        {
          ...look(),
          label: xLabel,
          labelSize: 20,
          size: 32,
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
        },
        {
          ...look(),
          size: 48,
          splits: (_, __, min, max) => logTicks(min, max, HEIGHT / MARKS_APART),
          filter: (_, splits) => splits,
          values: (_, splits) => splits.map(String),
        },
      ],
      series: [{}, ...series],
    },
    [[], ...series.map(() => [])],
    host,
  );
  new ResizeObserver(() => plot.setSize({ width: host.clientWidth, height: HEIGHT })).observe(host);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw(false));
  return plot;
}

function look(): Partial<uPlot.Axis> {
  const line = { stroke: themeColor('line'), width: 1 };
  return {
    stroke: themeColor('muted'),
    font: FONT,
    labelFont: FONT,
    grid: line,
    ticks: { ...line, size: 4 },
  };
}

import { type EChartsOption, init, type LineSeriesOption } from 'echarts';
import type { KeptReport, RunTable } from '../run-report.js';

/** The stores that are shown, each in a panel of its own, by the run that measured it. */
const panels: Readonly<Record<string, string>> = {
  'growth-memory': 'in memory',
  'growth-file': 'on file',
  'growth-browser': 'in IndexedDB',
};

/** Calls that are named in the plot. All others are lines without a name. */
const named: ReadonlySet<string> = new Set([
  'registerTrial, one',
  'reserveTrial, one',
  'countCompletedTrials, of all',
]);

const WIDTH = 1_200;
const HEIGHT = 460;
const MARGIN = { top: 60, bottom: 60, left: 60, gap: 90 };

/** What each call costs by the number of trials, on two logarithmic scales: a flat line is a cost that does not grow. As SVG. */
export function growthPlot(runs: readonly KeptReport[]): string {
  const shown = runs.filter(({ name }) => name in panels);
  const width = WIDTH / shown.length - MARGIN.gap;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  const option: EChartsOption = {
    animation: false,
    backgroundColor: '#ffffff',
    title: shown.map(({ name }, i) => ({
      text: `Microseconds a call, ${panels[name] ?? ''}`,
      left: leftOf(i, width),
      textStyle: { fontSize: 14 },
    })),
    grid: shown.map((_, i) => ({ left: leftOf(i, width), width, top: MARGIN.top, bottom: MARGIN.bottom })),
    xAxis: shown.map((_, gridIndex) => ({
      type: 'log',
      gridIndex,
      min: 'dataMin',
      name: 'trials in the store',
      nameLocation: 'middle',
      nameGap: 30,
    })),
    yAxis: shown.map((_, gridIndex) => ({ type: 'log', gridIndex })),
    series: shown.flatMap(({ tables = [] }, i) => tables.flatMap((table) => linesOf(table, i))),
  };
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}

function leftOf(panel: number, width: number): number {
  return MARGIN.left + panel * (width + MARGIN.gap);
}

/** A line for each row of a table of calls; none of another table. */
function linesOf({ rows }: RunTable, panel: number): LineSeriesOption[] {
  return rows.filter((row) => 'method' in row).map((row) => lineOf(row, panel));
}

function lineOf(row: RunTable['rows'][number], panel: number): LineSeriesOption {
  const name = `${row['method']}, ${row['of']}`;
  const isNamed = named.has(name);
  return {
    type: 'line',
    name,
    xAxisIndex: panel,
    yAxisIndex: panel,
    data: Object.entries(row).flatMap(pointsOf),
    symbolSize: isNamed ? 6 : 0,
    lineStyle: { width: isNamed ? 2 : 1, opacity: isNamed ? 1 : 0.45 },
    color: isNamed ? '#1f5fbf' : '#8a94a6',
    endLabel: { show: isNamed, formatter: String(row['method']), offset: [-150, -10] },
  };
}

/** The point of a column such as `1,000 trials`; none of another. */
function pointsOf([column, cost]: readonly [string, unknown]): [number, number][] {
  const trials = /^([\d,]+) trials$/.exec(column)?.[1];
  return trials === undefined ? [] : [[Number(trials.replaceAll(',', '')), Number(cost)]];
}

import { Table } from 'console-table-printer';
import { accuracyOf, finalAccuracy, lossOf, type Params, percent, short } from 'digits';
import { type Point, plot } from 'simple-ascii-chart';
import type { ExperimentClient, Trial } from 'trialbase';
import { loadDigits } from './load-digits.js';
import { colors } from './terminal.js';

/** How many trials the table shows. */
const SHOWN = 5;

/** The curve begins where the best loss has come within this factor of the final one. */
const WORST_SHOWN = 3;

/** The size of the curve, in characters. */
const CHART = { width: 64, height: 10 } as const;

/** Prints the best five trials, the curve of the best, and what the best network makes of the test part. */
export async function printResults(search: ExperimentClient<Params>, signal: AbortSignal): Promise<void> {
  const trials = await search.trials({
    where: { status: 'completed' },
    selection: { params: 1, results: 1, start_time: 1, end_time: 1 },
    sort: { end_time: 1 },
  });
  const ranking = trials.toSorted((a, b) => lossOf(a) - lossOf(b)).slice(0, SHOWN);
  console.log(`\n${colors.bold('The best networks')}, by their loss on the validation part`);
  console.log(tableOf(ranking, search));
  console.log(`\n${colors.bold('The best loss')} over the trials`);
  console.log(curveOfBest(trials));
  await printTest(
    ranking.map((trial) => search.params(trial)),
    signal,
  );
}

async function printTest(settings: readonly Params[], signal: AbortSignal): Promise<void> {
  const parts = await loadDigits();
  const count = parts.test.labels.length;
  console.log(
    `\nTeaching these ${settings.length} anew, on all digits but the ${count} of the test part ...`,
  );
  try {
    const accuracy = await finalAccuracy(parts, settings, signal);
    console.log(
      `${colors.bold('Test accuracy')} ${colors.green(accuracy.toFixed(4))}, by their vote on those\n`,
    );
  } catch (error) {
    if (error !== signal.reason) throw error;
  }
}

function tableOf(trials: readonly Trial[], search: ExperimentClient<Params>): string {
  const table = new Table({ shouldDisableColors: !colors.isColorSupported });
  trials.forEach((trial) => {
    const { learningRate, hiddenLayers, hiddenUnits, activation, l2, batchSize, epochs } =
      search.params(trial);
    const seconds = ((trial.end_time?.getTime() ?? 0) - (trial.start_time?.getTime() ?? 0)) / 1_000;
    table.addRow({
      loss: lossOf(trial).toFixed(4),
      accuracy: percent(accuracyOf(trial)),
      network: `${hiddenLayers} × ${hiddenUnits} ${activation}`,
      rate: short(learningRate),
      l2: short(l2),
      batch: batchSize,
      epochs,
      time: `${seconds.toFixed(1)} s`,
    });
  });
  return table.render();
}

/** The best loss that there was after each trial, as a curve: logarithmic, as the last steps are the smallest. */
function curveOfBest(trials: readonly Trial[]): string {
  let best = Number.POSITIVE_INFINITY;
  const points = trials.map((trial, i): Point => {
    best = Math.min(best, lossOf(trial));
    return [i + 1, Math.log10(best)];
  });
  // The first few trials are so bad that all else would be a flat line below them.
  const shown = points.filter(([, loss]) => loss <= Math.log10(WORST_SHOWN * best));
  return plot(shown, {
    ...CHART,
    customXAxisTicks: ticks(shown.map(([number]) => number)).map(Math.round),
    customYAxisTicks: ticks(shown.map(([, loss]) => loss)),
    formatter: (value, { axis }) => (axis === 'y' ? (10 ** value).toFixed(4) : String(value)),
    ...(colors.isColorSupported && { color: 'ansiGreen' }),
  });
}

/** Five values, evenly spread from the first to the last. */
function ticks(values: readonly number[]): number[] {
  const [first = 0] = values;
  const last = values.at(-1) ?? first;
  return [...new Set([0, 0.25, 0.5, 0.75, 1].map((share) => first + share * (last - first)))];
}

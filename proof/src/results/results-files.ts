import { growthPlot } from './growth-plot.js';
import { keptRuns } from './kept-runs.js';
import { resultsPage } from './results-page.js';

/** The files of `docs` that are made of the reports in a directory, by name. */
export function resultsFiles(runsDirectory: string): Readonly<Record<string, string>> {
  const runs = keptRuns(runsDirectory);
  const pictures = {
    'growth-file':
      '![Each line is a call, from a thousand trials to the most that were stored: a level line is a cost that does not grow. Of a call that goes over all trials it is the cost of each of them.](growth.svg)',
  };
  return { 'results.md': resultsPage(runs, pictures), 'growth.svg': growthPlot(runs) };
}

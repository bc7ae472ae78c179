import { growthPlot } from './growth-plot.js';
import { keptRuns } from './kept-runs.js';
import { resultsPage } from './results-page.js';

/** The files of `docs` that are made of the reports in a directory, by name. */
export function resultsFiles(runsDirectory: string): Readonly<Record<string, string>> {
  const runs = keptRuns(runsDirectory);
  const pictures = {
    'growth-memory':
      '![Each line is a call. In memory, on file and in IndexedDB the lines are level from a thousand trials to a million.](growth.svg)',
  };
  return { 'results.md': resultsPage(runs, pictures), 'growth.svg': growthPlot(runs) };
}

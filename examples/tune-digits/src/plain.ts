import { accuracyOf, lossOf, percent } from 'digits';
import type { Snapshot } from './progress.js';
import type { Reporter } from './reporter.js';

/** Milliseconds between two lines of progress. */
const INTERVAL = 2_000;

/** Plain lines, for a log or a pipe: one every two seconds while something happens, and one at the end. */
export function plainReporter(print: (line: string) => void): Reporter {
  let last: Snapshot | undefined;
  let printed = -1;
  let next = 0;

  function progress(snapshot: Snapshot): void {
    const { completed, maxTrials, rate, running, waiting, broken, best } = snapshot;
    const leader = best
      ? `, best loss ${lossOf(best).toFixed(4)} (accuracy ${percent(accuracyOf(best))})`
      : '';
    print(
      `${completed}/${maxTrials} trials, ${rate.toFixed(1)}/s, ${running.length} running, ${waiting} waiting, ${broken} broken${leader}`,
    );
    printed = completed;
    next = performance.now() + INTERVAL;
  }

  return {
    show(snapshot) {
      last = snapshot;
      if (snapshot.completed !== printed && performance.now() >= next) progress(snapshot);
    },
    note: print,
    end() {
      if (last && last.completed !== printed) progress(last);
    },
  };
}

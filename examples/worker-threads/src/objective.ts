/** The script of a worker thread: trains one network after another. */

import { readFile } from 'node:fs/promises';
import { DATA, judge, type Params, readDigits } from 'digits';
import { exposeObjective } from 'trialbase';

// Once a thread, not once a trial.
const parts = await readDigits(await readFile(DATA));

exposeObjective<Params>(async ({ params, signal, report, shouldStop }) => {
  const stopping = new AbortController();
  const either = AbortSignal.any([signal, stopping.signal]);
  try {
    return await judge(parts, { params, signal: either }, ({ loss }) => {
      report(loss);
      void shouldStop().then((stop) => stop && stopping.abort());
    });
  } catch (error) {
    // Without a result, the loss after the last epoch is the objective.
    if (stopping.signal.aborted && !signal.aborted) return undefined;
    throw error;
  }
});

import type { ExperimentClient } from '@trialbase/client';
import { createView, type ProgressStream } from './view.js';

/** Where {@link showProgress} shows it. */
export interface ShowProgressOptions {
  /** Where it is shown: as a bar that is drawn anew in a terminal, by plain lines elsewhere. Default: standard error. */
  readonly stream?: ProgressStream;
}

/**
 * Shows how a search goes on while `working` is under way, whoever works on it.
 *
 * ```ts
 * await showProgress(experiment, experiment.workOn(objective, { workers: 4 }));
 * ```
 *
 * @returns what `working` comes to.
 */
export async function showProgress<T>(
  experiment: Pick<ExperimentClient, 'progress' | 'params'>,
  working: Promise<T>,
  { stream = process.stderr }: ShowProgressOptions = {},
): Promise<T> {
  const view = createView(experiment, stream);
  const ending = new AbortController();
  const shown = (async () => {
    for await (const now of experiment.progress({ signal: ending.signal })) view.show(now);
  })();
  try {
    return await working;
  } finally {
    ending.abort();
    await shown.catch(() => {}); // a store that fails fails the work, too
    for await (const last of experiment.progress()) {
      view.show(last);
      break;
    }
    view.end();
  }
}

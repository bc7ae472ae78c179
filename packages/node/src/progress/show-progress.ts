import type { ExperimentClient } from '@trialbase/client';
import { checkOptions } from '@trialbase/core';
import { createView, type ProgressStream, type View } from './view.js';

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
  options: ShowProgressOptions = {},
): Promise<T> {
  const { stream = process.stderr } = checkOptions('showProgress', options, ['stream']);
  const view = createView(experiment, stream);
  const ending = new AbortController();
  const following = follow(experiment, view, ending.signal);
  try {
    return await working;
  } finally {
    ending.abort();
    await following;
    view.end();
  }
}

/** Shows what there is until the signal, and how it stands then. */
async function follow(
  experiment: Pick<ExperimentClient, 'progress'>,
  view: View,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const now of experiment.progress({ signal })) view.show(now);
    for await (const last of experiment.progress()) {
      view.show(last);
      break;
    }
  } catch {
    // A store that fails, fails the work, too: that is the error to tell, and not this one.
  }
}

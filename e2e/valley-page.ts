/** The page of the example in the README: a search that a test looks into. */

import { type ExperimentClient, openExperiment, randomSearch, real, setupStorage } from 'trialbase';

declare global {
  interface Window {
    experiment: ExperimentClient<{ readonly x: number }>;
  }
}

const storage = await setupStorage();
window.experiment = await openExperiment(storage, {
  name: 'valley',
  space: { x: real(-5, 5) },
  algorithm: randomSearch({ seed: 1 }),
  maxTrials: 30,
});
await window.experiment.workOn(({ params }) => (params.x - 2) ** 2);
document.title = 'Done';

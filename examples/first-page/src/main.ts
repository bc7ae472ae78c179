import { openExperiment, real, setupStorage, tabWorkerName } from 'trialbase';

const storage = await setupStorage(); // in IndexedDB, shared by all tabs and workers of the site
const experiment = await openExperiment(storage, {
  name: 'valley',
  space: { x: real(-5, 5) },
  maxTrials: 30,
});

// A second tab works on; a page that is reloaded goes on with the very trial it was at.
await experiment.workOn(({ params }) => (params.x - 2) ** 2, { worker: await tabWorkerName() });

const best = await experiment.best();
document.body.textContent = `The best of 30 trials: ${JSON.stringify(best && experiment.params(best))}`;

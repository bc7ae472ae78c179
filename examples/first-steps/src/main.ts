import { categorical, openExperiment, randomSearch, real, setupStorage } from 'trialbase';

// Kept in the directory .trialbase. { type: 'memory' } keeps it no longer than this process lives.
const storage = await setupStorage({ type: 'file', path: '.trialbase' });

const experiment = await openExperiment(storage, {
  name: 'first-steps',
  space: { x: real(-5, 5), scale: real(1e-3, 10, { log: true }), shape: categorical(['bowl', 'ridge']) },
  algorithm: randomSearch({ seed: 1 }),
  maxTrials: 50,
});

// Any number of processes may do this at once. Run again, it goes on where it was.
await experiment.workOn(({ params: { x, scale, shape } }) => {
  const distance = x - 2;
  return scale * (shape === 'bowl' ? distance ** 2 : Math.abs(distance));
});

const best = await experiment.best();
if (best) console.log('The best of 50 trials:', experiment.params(best), 'with', best.results[0]?.value);
await storage.close();

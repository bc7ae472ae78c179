/** A search that may be killed at any moment: node dist/main.js [milliseconds a step] */

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { openExperiment, randomSearch, real, setupStorage } from 'trialbase';
import { type Descent, descend, START } from './descent.js';

const STEPS = 40;
const [pause = '50'] = process.argv.slice(2);

await mkdir('checkpoints', { recursive: true });
const storage = await setupStorage({ path: '.trialbase' });
const experiment = await openExperiment(storage, {
  name: 'descent',
  space: { rate: real(1e-5, 1e-3, { log: true }), momentum: real(0, 0.9) },
  algorithm: randomSearch({ seed: 1 }),
  maxTrials: 6,
});

// By this name the process gets the very trial back that it was at when it died.
await experiment.workOn(
  async ({ params, trial, signal, report }) => {
    const checkpoint = `checkpoints/${trial.id}.json`;
    let descent: Descent = JSON.parse(await readFile(checkpoint, 'utf8').catch(() => JSON.stringify(START)));
    if (descent.step > 0) console.log(`Going on with ${trial.id} after step ${descent.step}`);
    for (const [step, height] of descent.heights) report(height, { step });
    while (descent.step < STEPS) {
      await sleep(Number(pause), undefined, { signal });
      descent = descend(descent, params);
      report(descent.heights.at(-1)?.[1] ?? 0, { step: descent.step });
      // Written beside, then renamed: a crash leaves the old checkpoint or the new one, never half of one.
      await writeFile(`${checkpoint}.new`, JSON.stringify(descent));
      await rename(`${checkpoint}.new`, checkpoint);
    }
  },
  { worker: 'descender' },
);

const best = await experiment.best();
if (best) console.log('The best:', experiment.params(best), 'came down to', best.results[0]?.value);
await storage.close();

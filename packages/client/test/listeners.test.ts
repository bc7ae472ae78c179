import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { openExperiment, real } from '../src/index.js';
import { alone } from './connect.js';

it('leaves no listeners behind on the signal that ends the work', async () => {
  const experiment = await openExperiment(await alone(), {
    name: 'e',
    space: { x: real(0, 1) },
    maxTrials: 20,
  });
  const { signal } = new AbortController();
  let most = 0;
  await experiment.workOn(
    () => {
      most = Math.max(most, getEventListeners(signal, 'abort').length);
      return 1;
    },
    { signal },
  );
  expect(most).toBe(1);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

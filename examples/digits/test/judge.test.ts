import { expect, it } from 'vitest';
import { judge } from '../src/judge.js';
import type { Score } from '../src/network.js';
import type { Params } from '../src/search.js';
import { loadDigits } from './load-digits.js';

const params: Params = {
  learningRate: 3e-3,
  hiddenLayers: 1,
  hiddenUnits: 24,
  activation: 'relu',
  l2: 1e-5,
  batchSize: 32,
  epochs: 5,
};

it('a network is judged after each epoch, the last time as the trial is', async () => {
  const parts = await loadDigits();
  const { signal } = new AbortController();
  const scores: Score[] = [];
  const output = await judge(parts, { params, signal }, (score) => scores.push(score));
  expect(scores).toHaveLength(params.epochs);
  expect(scores.at(-1)?.loss).toBeLessThan(scores[0]?.loss ?? 0);
  expect(output).toEqual({
    objective: scores.at(-1)?.loss,
    statistics: { accuracy: scores.at(-1)?.accuracy },
  });
  expect(await judge(parts, { params, signal }), 'unwatched').toEqual(output);
});

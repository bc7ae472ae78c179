import { describe, expect, it } from 'vitest';
import { chooseAlgorithm, fidelity, real } from '../../src/index.js';

const space = { lr: real(1e-5, 1, { log: true }), weights: real(-1, 1, { shape: [2, 3] }) };

describe('the algorithm where none is given', () => {
  it.each([
    [undefined, 'tpe', 'There is no limit to the trials: TPE learns from any number of them at a low cost'],
    [201, 'tpe', '201 trials are many: TPE learns from any number of them at a low cost'],
    [
      200,
      'gp',
      '200 trials of 7 values are few: a Gaussian process makes the most of each, at some tens of milliseconds',
    ],
  ])('with %s trials to come is %s, and it says why', (maxTrials, name, reason) => {
    const choice = chooseAlgorithm(space, { maxTrials, seed: 4 });
    expect(Object.keys(choice.algorithm.configuration)).toEqual([name]);
    expect(choice.algorithm.configuration[name]).toMatchObject({ seed: 4 });
    expect(choice.reason).toBe(reason);
  });

  it('is ASHA where trials can be cheap', () => {
    const { algorithm, reason } = chooseAlgorithm(
      { ...space, epochs: fidelity(1, 9, 3) },
      { maxTrials: 50, seed: 4 },
    );
    expect(algorithm.configuration).toEqual({ asha: { sampler: { random: { seed: 4 } } } });
    expect(reason).toBe(
      'What a trial costs depends on epochs: ASHA tries many points cheaply, and the best of them at length',
    );
  });

  it('is TPE where a trial has many values', () => {
    const { algorithm, reason } = chooseAlgorithm({ x: real(0, 1, { shape: 21 }) }, { maxTrials: 50 });
    expect(algorithm.configuration).toHaveProperty('tpe');
    expect(reason).toBe('A trial has 21 values, more than 20: TPE searches such spaces at a low cost');
  });
});

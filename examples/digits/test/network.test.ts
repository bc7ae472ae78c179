import { seedRandom } from 'trialbase';
import { describe, expect, it } from 'vitest';
import { CLASSES } from '../src/digits.js';
import {
  activations,
  backpropagate,
  createNetwork,
  evaluate,
  evaluateTogether,
  initialize,
  type Samples,
} from '../src/network.js';
import { type Settings, train } from '../src/train.js';
import { loadDigits } from './load-digits.js';

const settings: Settings = {
  learningRate: 3e-3,
  hiddenLayers: 1,
  hiddenUnits: 24,
  activation: 'relu',
  l2: 1e-5,
  batchSize: 32,
  epochs: 8,
};

/** Five samples of three inputs, in four classes. */
function fewSamples(): Samples {
  const random = seedRandom(3);
  return {
    inputs: Float64Array.from({ length: 15 }, () => random.normal()),
    labels: Uint8Array.of(0, 3, 1, 2, 3),
  };
}

describe('the network', () => {
  it.each(activations)('with %s has the gradient that finite differences find', (activation) => {
    const samples = fewSamples();
    const network = createNetwork([3, 6, 5, 4], activation);
    const gradient = createNetwork([3, 6, 5, 4], activation);
    initialize(network, seedRandom(1));
    backpropagate(network, samples, Uint32Array.of(0, 1, 2, 3, 4), gradient);
    const step = 1e-6;
    network.parameters.forEach((parameter, i) => {
      const lossAt = (value: number): number => {
        network.parameters[i] = value;
        return evaluate(network, samples).loss;
      };
      const slope = (lossAt(parameter + step) - lossAt(parameter - step)) / (2 * step);
      network.parameters[i] = parameter;
      expect(gradient.parameters[i]).toBeCloseTo(slope, 6);
    });
  });

  it('learns the digits: untaught it guesses, taught it gets nine of ten right', async () => {
    const parts = await loadDigits();
    const untaught = await train(parts.train, { ...settings, epochs: 0 }, { classes: CLASSES, seed: 1 });
    const taught = await train(parts.train, settings, { classes: CLASSES, seed: 1 });
    expect(evaluate(untaught, parts.validation).accuracy).toBeLessThan(0.4);
    expect(evaluate(taught, parts.validation).accuracy).toBeGreaterThan(0.9);
    expect(evaluate(taught, parts.train).loss).toBeLessThan(evaluate(untaught, parts.train).loss / 5);
  });

  it('is right more often in a group that votes, than the networks are on average', async () => {
    const parts = await loadDigits();
    const hasty = { ...settings, epochs: 2 };
    const networks = await Promise.all(
      [1, 2, 3, 4, 5].map((seed) => train(parts.train, hasty, { classes: CLASSES, seed })),
    );
    const alone = networks.map((network) => evaluate(network, parts.validation).accuracy);
    const average = alone.reduce((sum, accuracy) => sum + accuracy) / alone.length;
    expect(evaluateTogether(networks, parts.validation).accuracy).toBeGreaterThan(average);
  });

  it('comes out the same from the same seed', async () => {
    const { validation } = await loadDigits();
    const options = { classes: CLASSES, seed: 7 };
    const first = await train(validation, settings, options);
    const second = await train(validation, settings, options);
    const other = await train(validation, settings, { ...options, seed: 8 });
    expect(second.parameters).toEqual(first.parameters);
    expect(other.parameters).not.toEqual(first.parameters);
  });

  it('keeps its weights smaller, the larger the weight of l2', async () => {
    const { validation } = await loadDigits();
    const sizeAt = async (l2: number): Promise<number> => {
      const { parameters } = await train(validation, { ...settings, l2 }, { classes: CLASSES, seed: 1 });
      return Math.hypot(...parameters);
    };
    expect(await sizeAt(0.1)).toBeLessThan((await sizeAt(0)) / 2);
  });

  it('stops learning when told to, with the reason it was given', async () => {
    const { train: samples } = await loadDigits();
    const stopping = new AbortController();
    const reason = new Error('enough');
    const learning = train(
      samples,
      { ...settings, epochs: 1_000_000 },
      { classes: CLASSES, seed: 1, signal: stopping.signal },
    );
    setTimeout(() => stopping.abort(reason), 50);
    await expect(learning).rejects.toBe(reason);
  });

  it('lets timers fire while it learns, so that heartbeats go out', async () => {
    const { train: samples } = await loadDigits();
    let fired = 0;
    const timer = setInterval(() => {
      fired += 1;
    }, 1);
    await train(samples, settings, { classes: CLASSES, seed: 1 });
    clearInterval(timer);
    expect(fired).toBeGreaterThanOrEqual(settings.epochs / 2);
  });
});

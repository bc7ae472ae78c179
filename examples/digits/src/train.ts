import { type Random, seedRandom } from 'trialbase';
import {
  type Activation,
  backpropagate,
  createNetwork,
  initialize,
  type Network,
  type Samples,
} from './network.js';
import { shuffle } from './shuffle.js';

/** What there is to tune about a network and the way it learns. */
export interface Settings {
  readonly learningRate: number;
  readonly hiddenLayers: number;
  /** Units in each hidden layer. */
  readonly hiddenUnits: number;
  readonly activation: Activation;
  /** The weight of half the sum of the squared parameters, added to the loss. */
  readonly l2: number;
  readonly batchSize: number;
  /** How often the network sees every sample. */
  readonly epochs: number;
}

export interface TrainOptions {
  /** How many classes there are. */
  readonly classes: number;
  /** Decides the first weights and the order of the samples. */
  readonly seed: number;
  /** Ends the training after the epoch at hand, with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after each epoch with the network as it is then. It goes on learning. */
  readonly onEpoch?: (network: Network) => void;
}

/** A network that has learned from `samples`. The same arguments give the same network. */
export async function train(samples: Samples, settings: Settings, options: TrainOptions): Promise<Network> {
  const random = seedRandom(options.seed);
  const hidden = Array.from({ length: settings.hiddenLayers }, () => settings.hiddenUnits);
  const sizes = [samples.inputs.length / samples.labels.length, ...hidden, options.classes];
  const network = createNetwork(sizes, settings.activation);
  initialize(network, random);
  const adam = createAdam(network, settings);
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    for (const batch of batches(samples.labels.length, settings.batchSize, random)) {
      backpropagate(network, samples, batch, adam.gradient);
      adam.step();
    }
    options.onEpoch?.(network);
    await pause();
    options.signal?.throwIfAborted();
  }
  return network;
}

/** Lets timers fire and messages arrive: the heartbeat of the trial, for one, and the signal to stop. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** All positions below `count` in a random order, in pieces of `size`. */
function batches(count: number, size: number, random: Random): Uint32Array[] {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  shuffle(order, random);
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => order.subarray(i * size, (i + 1) * size));
}

/** The optimiser of D. Kingma and J. Ba (2015), with the constants that they recommend. */
function createAdam(
  network: Network,
  { learningRate, l2 }: Settings,
): { readonly gradient: Network; step(): void } {
  const { parameters } = network;
  const gradient = createNetwork(
    [network.layers[0]?.inputs ?? 0, ...network.layers.map(({ outputs }) => outputs)],
    network.activation,
  );
  const mean = new Float64Array(parameters.length);
  const square = new Float64Array(parameters.length);
  let steps = 0;

  function step(): void {
    steps += 1;
    // Both averages start at zero: early on they are too small by these factors.
    const rate = (learningRate * Math.sqrt(1 - 0.999 ** steps)) / (1 - 0.9 ** steps);
    for (let i = 0; i < parameters.length; i++) {
      const parameter = parameters[i] as number;
      const g = (gradient.parameters[i] as number) + l2 * parameter;
      const m = 0.9 * (mean[i] as number) + 0.1 * g;
      const v = 0.999 * (square[i] as number) + 0.001 * g * g;
      mean[i] = m;
      square[i] = v;
      parameters[i] = parameter - (rate * m) / (Math.sqrt(v) + 1e-8);
    }
  }

  return { gradient, step };
}

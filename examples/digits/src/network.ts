import type { Random } from 'trialbase';

/** What to learn from or to judge by: the inputs of all samples one after another, and the class of each. */
export interface Samples {
  readonly inputs: Float64Array;
  readonly labels: Uint8Array;
}

export const activations = ['relu', 'tanh'] as const;
export type Activation = (typeof activations)[number];

/** A multilayer perceptron: fully connected layers, a softmax over the classes at the end. */
export interface Network {
  /** Every weight and bias in one array, so that an optimiser needs to know nothing of layers. */
  readonly parameters: Float64Array;
  /** The same numbers by layer, as views of `parameters`. */
  readonly layers: readonly Layer[];
  readonly activation: Activation;
}

interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Row by row: what the first input has to say to each output, then the second. So a silent input is skipped whole. */
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

/** A network of zeros whose layers have `sizes` units: the inputs first, the classes last. */
export function createNetwork(sizes: readonly number[], activation: Activation): Network {
  const shapes = sizes.slice(1).map((outputs, i) => ({ inputs: sizes[i] as number, outputs }));
  const parameters = new Float64Array(
    shapes.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0),
  );
  let next = 0;
  const take = (length: number): Float64Array => parameters.subarray(next, (next += length));
  const layers = shapes.map(({ inputs, outputs }) => ({
    inputs,
    outputs,
    weights: take(inputs * outputs),
    biases: take(outputs),
  }));
  return { parameters, layers, activation };
}

/** Draws the weights anew, so that signals keep their size on the way through (Glorot and Bengio 2010; He et al. 2015 for relu). */
export function initialize({ layers, activation }: Network, random: Random): void {
  for (const { inputs, outputs, weights } of layers) {
    const limit = Math.sqrt(activation === 'relu' ? 6 / inputs : 6 / (inputs + outputs));
    for (let i = 0; i < weights.length; i++) weights[i] = (2 * random.uniform() - 1) * limit;
  }
}

/** How well samples were told apart: the mean cross-entropy, in nats, and the share that was got right. */
export interface Score {
  readonly loss: number;
  readonly accuracy: number;
}

/** How well `network` tells `samples` apart. */
export function evaluate(network: Network, samples: Samples): Score {
  return scoreOf(logProbabilities(network, samples), samples.labels);
}

/** How well the networks do that together: what they take for probable, on average. */
export function evaluateTogether(networks: readonly Network[], samples: Samples): Score {
  const opinions = networks.map((network) => logProbabilities(network, samples));
  const mean = (at: number): number =>
    opinions.reduce((sum, opinion) => sum + Math.exp(opinion[at] as number), 0) / opinions.length;
  return scoreOf(
    Float64Array.from(opinions[0] ?? [], (_, at) => Math.log(mean(at))),
    samples.labels,
  );
}

/** The logarithm of the probability of each class, for one sample after another. */
function logProbabilities(network: Network, samples: Samples): Float64Array {
  const signals = signalsOf(network);
  const scores = last(signals);
  const all = new Float64Array(samples.labels.length * scores.length);
  for (let i = 0; i < samples.labels.length; i++) {
    forward(network, samples, i, signals);
    all.set(scores, i * scores.length);
  }
  return all;
}

function scoreOf(opinion: Float64Array, labels: Uint8Array): Score {
  const classes = opinion.length / labels.length;
  let loss = 0;
  let right = 0;
  labels.forEach((label, i) => {
    const ofSample = opinion.subarray(i * classes, (i + 1) * classes);
    const ofLabel = ofSample[label] as number;
    loss -= ofLabel;
    if (ofLabel === Math.max(...ofSample)) right += 1;
  });
  return { loss: loss / labels.length, accuracy: right / labels.length };
}

/** Sets `gradient`, a network of the same shape, to the gradient of the mean loss over the samples at `batch`. */
export function backpropagate(
  network: Network,
  samples: Samples,
  batch: Uint32Array,
  gradient: Network,
): void {
  const signals = signalsOf(network);
  const errors = signalsOf(network);
  const scores = last(signals);
  const error = last(errors);
  gradient.parameters.fill(0);
  for (const i of batch) {
    forward(network, samples, i, signals);
    const label = samples.labels[i] as number;
    // The gradient of the cross-entropy of a softmax: how far the probabilities are from the truth.
    for (let k = 0; k < error.length; k++) {
      error[k] = (Math.exp(scores[k] as number) - (k === label ? 1 : 0)) / batch.length;
    }
    backward(network, signals, errors, gradient);
  }
}

/** What goes through the network for one sample: its inputs, then the outputs of each layer. */
type Signals = readonly Float64Array[];

function signalsOf({ layers }: Network): Signals {
  return [
    new Float64Array(layers[0]?.inputs ?? 0),
    ...layers.map(({ outputs }) => new Float64Array(outputs)),
  ];
}

/** Sends sample `i` through. The last signal is then the logarithm of each class's probability. */
function forward(network: Network, samples: Samples, i: number, signals: Signals): void {
  const first = signals[0] as Float64Array;
  first.set(samples.inputs.subarray(i * first.length, (i + 1) * first.length));
  network.layers.forEach((layer, depth) => {
    const to = signals[depth + 1] as Float64Array;
    connect(layer, signals[depth] as Float64Array, to);
    if (depth < network.layers.length - 1) activate(network.activation, to);
  });
  logSoftmax(last(signals));
}

/** Sends the error at the outputs back through the layers, and adds what each parameter had to do with it to `gradient`. */
function backward(network: Network, signals: Signals, errors: Signals, gradient: Network): void {
  for (let depth = network.layers.length - 1; depth >= 0; depth--) {
    const signal = signals[depth] as Float64Array;
    const error = errors[depth + 1] as Float64Array;
    accumulate(gradient.layers[depth] as Layer, signal, error);
    // Nobody asks what the images should have been.
    if (depth > 0)
      propagate(
        network.layers[depth] as Layer,
        network.activation,
        signal,
        error,
        errors[depth] as Float64Array,
      );
  }
}

/** to = biases + from · weights */
function connect({ outputs, weights, biases }: Layer, from: Float64Array, to: Float64Array): void {
  to.set(biases);
  for (let k = 0; k < from.length; k++) {
    const x = from[k] as number;
    if (x === 0) continue; // white paper, or a relu that is off
    const row = k * outputs;
    for (let o = 0; o < outputs; o++) to[o] = (to[o] as number) + x * (weights[row + o] as number);
  }
}

/** Adds to the gradient of a layer what one sample has to say. */
function accumulate({ outputs, weights, biases }: Layer, signal: Float64Array, error: Float64Array): void {
  for (let o = 0; o < outputs; o++) biases[o] = (biases[o] as number) + (error[o] as number);
  for (let k = 0; k < signal.length; k++) {
    const x = signal[k] as number;
    if (x === 0) continue;
    const row = k * outputs;
    for (let o = 0; o < outputs; o++)
      weights[row + o] = (weights[row + o] as number) + x * (error[o] as number);
  }
}

/** Sets `before` to the error at the inputs of a layer, which are the outputs of the activation before it. */
function propagate(
  { outputs, weights }: Layer,
  activation: Activation,
  signal: Float64Array,
  error: Float64Array,
  before: Float64Array,
): void {
  for (let k = 0; k < before.length; k++) {
    const slope = slopeAt(activation, signal[k] as number);
    const row = k * outputs;
    let sum = 0;
    if (slope !== 0)
      for (let o = 0; o < outputs; o++) sum += (weights[row + o] as number) * (error[o] as number);
    before[k] = slope * sum;
  }
}

function activate(activation: Activation, signal: Float64Array): void {
  for (let k = 0; k < signal.length; k++) {
    const x = signal[k] as number;
    signal[k] = activation === 'relu' ? Math.max(0, x) : Math.tanh(x);
  }
}

/** The derivative of the activation, by what it gave. */
function slopeAt(activation: Activation, output: number): number {
  return activation === 'relu' ? Number(output > 0) : 1 - output * output;
}

function logSoftmax(scores: Float64Array): void {
  const most = Math.max(...scores);
  const total = most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
  for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) - total;
}

function last(signals: Signals): Float64Array {
  return signals[signals.length - 1] as Float64Array;
}

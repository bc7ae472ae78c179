import { exp, log } from '../elementary.js';
import type { Random } from '../random.js';
import { makePoint } from './dependencies.js';
import type { Dimension, NumericDimension, Shape } from './dimension.js';
import type { AnyParams } from './param-types.js';
import type { Space } from './space.js';

/** A point of the space, each of its values drawn from the prior of its dimension. A fidelity is at its highest. */
export function samplePoint(space: Space, random: Random): AnyParams {
  return makePoint(space, ({ dimension }) => sample(dimension, random));
}

/** A value of the dimension, drawn from its prior. */
export function sample(dimension: Dimension, random: Random): unknown {
  if (dimension.type === 'fidelity') return dimension.high;
  if (dimension.type !== 'categorical') return fill(dimension.shape, () => sampleNumber(dimension, random));
  const { values, probabilities } = dimension;
  return fill(dimension.shape, () => values[random.weighted(probabilities)]);
}

/** An array of the given sizes, or a single value where there are none. */
export function fill(shape: Shape, draw: () => unknown): unknown {
  const [size, ...rest] = shape;
  return size === undefined ? draw() : Array.from({ length: size }, () => fill(rest, draw));
}

/** A real number as its dimension has it: rounded to the precision, within the bounds. */
export function roundTo({ prior, precision }: NumericDimension, value: number): number {
  const rounded = precision === null ? value : Number(value.toPrecision(precision));
  return prior.name === 'normal' ? rounded : Math.min(prior.high, Math.max(prior.low, rounded));
}

function sampleNumber(dimension: NumericDimension, random: Random): number {
  const { type, prior } = dimension;
  if (prior.name === 'normal') {
    const value = prior.mean + prior.deviation * random.normal();
    return type === 'integer' ? Math.floor(value) : roundTo(dimension, value);
  }
  const { low, high } = prior;
  if (type === 'integer' && prior.name === 'uniform') return low + random.integer(high - low + 1);
  const value =
    prior.name === 'uniform' ? low + (high - low) * random.uniform() : sampleLog(low, high, random);
  return type === 'integer' ? toInteger(low, high, value) : roundTo(dimension, value);
}

function sampleLog(low: number, high: number, random: Random): number {
  const start = log(low);
  return Math.min(high, Math.max(low, exp(start + (log(high) - start) * random.uniform())));
}

/** Cuts the range into as many equal parts as it has whole numbers, as Orion does. */
function toInteger(low: number, high: number, value: number): number {
  const part = Math.floor(((value - low) / (high - low)) * (high - low + 1));
  return low + Math.min(high - low, part);
}

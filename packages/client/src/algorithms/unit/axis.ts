import { exp, log } from '../../elementary.js';
import { cumulative, quantile } from '../../normal-distribution.js';
import type { CategoricalDimension, NumericDimension } from '../../space/dimension.js';
import { roundTo } from '../../space/sample.js';

/** One value to search, on a scale that all values share. A dimension has as many axes as its shape has places. */
export type Axis = NumberAxis | CategoryAxis;

/** Numbers, by their place in the prior: 0 is the lowest, and a number drawn from the prior is as likely to be anywhere in 0..1. */
export interface NumberAxis {
  readonly kind: 'number';
  /** The place of a value: of a whole number, the middle of its part of the scale. */
  readonly place: (value: number) => number;
  /** The value at a place in 0..1. */
  readonly value: (place: number) => number;
  /** How much of the scale belongs to the value at `place`; 0 for real numbers. */
  readonly grain: (place: number) => number;
}

/** Categories, by their position. */
export interface CategoryAxis {
  readonly kind: 'category';
  /** The position of a value; `undefined` where it is none of them. */
  readonly place: (value: unknown) => number | undefined;
  readonly value: (place: number) => unknown;
  readonly probabilities: readonly number[];
}

export function axisOf(dimension: NumericDimension | CategoricalDimension): Axis {
  if (dimension.type === 'categorical') return categoryAxis(dimension);
  return dimension.type === 'integer' ? integerAxis(dimension) : realAxis(dimension);
}

function categoryAxis({ values, probabilities }: CategoricalDimension): CategoryAxis {
  const places = new Map(values.map((value, i) => [JSON.stringify(value), i]));
  return {
    kind: 'category',
    place: (value) => places.get(JSON.stringify(value)),
    value: (place) => values[place],
    probabilities,
  };
}

function realAxis(dimension: NumericDimension): NumberAxis {
  const { toPlace, fromPlace } = scaleOf(dimension);
  return {
    kind: 'number',
    place: toPlace,
    value: (place) => roundTo(dimension, fromPlace(place)),
    grain: () => 0,
  };
}

function integerAxis(dimension: NumericDimension): NumberAxis {
  const { toPlace, fromPlace } = scaleOf(dimension);
  const [low, high] =
    dimension.prior.name === 'normal'
      ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
      : [dimension.prior.low, dimension.prior.high];
  // As in Orion, the range is cut into as many equal parts as it has whole numbers.
  const part = Number.isFinite(low) ? (high - low) / (high - low + 1) : 1;
  const start = Number.isFinite(low) ? low : 0;
  const edge = (number: number): number => toPlace(start + (number - start) * part);
  const value = (place: number): number =>
    Math.min(high, Math.max(low, start + Math.floor((fromPlace(place) - start) / part)));
  return {
    kind: 'number',
    place: (number) => (edge(number) + edge(number + 1)) / 2,
    value,
    grain: (place) => edge(value(place) + 1) - edge(value(place)),
  };
}

interface Scale {
  readonly toPlace: (value: number) => number;
  readonly fromPlace: (place: number) => number;
}

/** The places in 0..1 are the distribution function of the prior. */
function scaleOf({ prior }: NumericDimension): Scale {
  if (prior.name === 'normal') {
    const { mean, deviation } = prior;
    // The ends of the scale are infinitely far away.
    const inside = (place: number): number => Math.min(1 - 2 ** -50, Math.max(2 ** -50, place));
    return {
      toPlace: (value) => cumulative((value - mean) / deviation),
      fromPlace: (place) => mean + deviation * quantile(inside(place)),
    };
  }
  const { low, high } = prior;
  if (prior.name === 'uniform') {
    const width = high - low;
    return {
      toPlace: (value) => clamp((value - low) / width),
      fromPlace: (place) => Math.min(high, low + width * place),
    };
  }
  const start = log(low);
  const width = log(high) - start;
  return {
    toPlace: (value) => clamp((log(value) - start) / width),
    fromPlace: (place) => Math.min(high, Math.max(low, exp(start + width * place))),
  };
}

function clamp(place: number): number {
  return Math.min(1, Math.max(0, place));
}

import { sameCategory } from './category.js';
import type { CategoricalDimension, Category, Dimension, NumericDimension, Shape } from './dimension.js';
import { fill, roundTo } from './sample.js';

/** Values of a dimension, one after the other. */
export interface Values {
  /** How many there are; `Infinity` where they cannot be counted. */
  readonly count: number;
  /** The value number `index`, from 0. */
  readonly at: (index: number) => unknown;
  /** The number of a single value; -1 where it is none of them. */
  readonly indexOf: (value: unknown) => number;
}

/** The values that are listed. */
export function listedValues(values: readonly unknown[]): Values {
  return {
    count: values.length,
    at: (index) => values[index],
    indexOf: (value) => values.findIndex((one) => sameCategory(one, value)),
  };
}

/** All values that a dimension can take. Of a fidelity, that is its highest. */
export function allValues(dimension: Dimension): Values {
  if (dimension.type === 'fidelity') return listedValues([dimension.high]);
  const single = dimension.type === 'categorical' ? listedValues(possible(dimension)) : allNumbers(dimension);
  return shaped(single, dimension.shape);
}

/** Arrays of values: of all that have the shape, the first element changes fastest. */
export function shaped(single: Values, shape: Shape): Values {
  if (shape.length === 0) return single;
  const { count } = single;
  return {
    count: count ** shape.reduce((total, size) => total * size, 1),
    at(index) {
      let rest = index;
      return fill(shape, () => {
        const digit = rest % count;
        rest = Math.floor(rest / count);
        return single.at(digit);
      });
    },
    indexOf: () => -1,
  };
}

function allNumbers(dimension: NumericDimension): Values {
  const { prior } = dimension;
  const low = prior.name === 'normal' ? Number.NaN : prior.low;
  return {
    count: countNumbers(dimension),
    at: (index) => numberAt(dimension, index),
    indexOf: (value) => (dimension.type === 'integer' && typeof value === 'number' ? value - low : -1),
  };
}

function possible({ values, probabilities }: CategoricalDimension): Category[] {
  return values.filter((_, i) => probabilities[i] !== 0);
}

function countNumbers({ type, prior, precision }: NumericDimension): number {
  if (prior.name === 'normal') return Number.POSITIVE_INFINITY;
  const { low, high } = prior;
  if (type === 'integer') return high - low + 1;
  // Numbers of so many digits grow ever denser towards 0, so there is no counting them there.
  if (precision === null || low <= 0) return Number.POSITIVE_INFINITY;
  return toRank(high, precision) - toRank(low, precision) + 1;
}

function numberAt(dimension: NumericDimension, index: number): number {
  const { prior, precision } = dimension;
  if (prior.name === 'normal') throw new RangeError('Numbers of a normal distribution cannot be counted');
  if (precision === null) return prior.low + index;
  return roundTo(dimension, fromRank(toRank(prior.low, precision) + index, precision));
}

/** The place of a number above 0 among all numbers of so many significant digits. */
function toRank(value: number, precision: number): number {
  const [digits = '', exponent = '0'] = value.toExponential(precision - 1).split('e');
  const smallest = 10 ** (precision - 1);
  return Number(exponent) * 9 * smallest + Number(digits.replace('.', '')) - smallest;
}

function fromRank(rank: number, precision: number): number {
  const smallest = 10 ** (precision - 1);
  const exponent = Math.floor(rank / (9 * smallest));
  const digits = smallest + rank - exponent * 9 * smallest;
  return Number(`${digits}e${exponent - precision + 1}`);
}

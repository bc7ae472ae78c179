import type { CategoricalDimension, Category, Dimension, NumericDimension } from './dimension.js';
import type { AnyParams } from './param-types.js';
import { fill, roundTo } from './sample.js';
import type { Space } from './space.js';

/** How many points the space has; `Infinity` where they cannot be counted, or are more than 2^53. */
export function countPoints(space: Space): number {
  const product = space.reduce((total, { dimension }) => total * countValues(dimension), 1);
  return product <= Number.MAX_SAFE_INTEGER ? product : Number.POSITIVE_INFINITY;
}

/** The point number `index`, from 0, of a space that {@link countPoints} can count. */
export function pointAt(space: Space, index: number): AnyParams {
  let rest = index;
  const next = (count: number): number => {
    const digit = rest % count;
    rest = Math.floor(rest / count);
    return digit;
  };
  return Object.fromEntries(space.map(({ name, dimension }) => [name, valueAt(dimension, next)]));
}

function countValues(dimension: Dimension): number {
  if (dimension.type === 'fidelity') return 1;
  const count = dimension.type === 'categorical' ? possible(dimension).length : countNumbers(dimension);
  return count ** dimension.shape.reduce((total, size) => total * size, 1);
}

function valueAt(dimension: Dimension, next: (count: number) => number): unknown {
  if (dimension.type === 'fidelity') return dimension.high;
  if (dimension.type === 'categorical') {
    const values = possible(dimension);
    return fill(dimension.shape, () => values[next(values.length)]);
  }
  const count = countNumbers(dimension);
  return fill(dimension.shape, () => numberAt(dimension, next(count)));
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

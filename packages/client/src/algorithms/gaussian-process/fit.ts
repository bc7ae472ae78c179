import { exp, log } from '../../elementary.js';
import { factorize, inverseOf, type Matrix, multiply } from './cholesky.js';
import { type Hyperparameters, matern, maternSlope } from './kernel.js';

/** How many steps the fit takes. */
const STEPS = 24;

/** The logarithms that the fit stays within. */
const RATE = { least: -9, most: 8 };
const NOISE = { least: -16, most: 1 };

/**
 * The hyperparameters that explain `values` best: the maximum of the posterior, with the process's constant mean and its
 * variance at their own best values. The prior of the length scales is that of C. Hvarfner et al. 2024 ("Vanilla Bayesian
 * optimization performs great in high dimensions"); that of the noise prefers little of it. The search for the maximum is
 * Rprop (M. Riedmiller and H. Braun 1993).
 *
 * @param distances as `pairDistances` gives them.
 */
export function fit(distances: readonly Float64Array[], values: Float64Array): Hyperparameters {
  const dimensions = distances.length;
  const prior = {
    mean: Float64Array.from({ length: dimensions + 1 }, (_, k) =>
      k < dimensions ? -2 * Math.SQRT2 - log(dimensions) : -9,
    ),
    variance: Float64Array.from({ length: dimensions + 1 }, (_, k) => (k < dimensions ? 12 : 9)),
  };
  const at = Float64Array.from({ length: dimensions + 1 }, (_, k) => (k < dimensions ? log(4) : -9));
  const best = { at: at.slice(), loss: Number.POSITIVE_INFINITY };
  const step = new Float64Array(dimensions + 1).fill(0.4);
  let previous = new Float64Array(dimensions + 1);
  for (let i = 0; i < STEPS; i += 1) {
    const { loss, gradient } = posterior(distances, values, at);
    let total = loss;
    at.forEach((value, k) => {
      const apart = value - (prior.mean[k] as number);
      total += (apart * apart) / 2 / (prior.variance[k] as number);
      gradient[k] = (gradient[k] as number) + apart / (prior.variance[k] as number);
    });
    if (total < best.loss) Object.assign(best, { at: at.slice(), loss: total });
    previous = advance(at, gradient, previous, step);
  }
  return { rates: best.at.slice(0, dimensions), noise: best.at[dimensions] as number };
}

/** One step of Rprop: each number goes against the sign of its derivative, further while the sign stays the same. */
function advance(
  at: Float64Array,
  gradient: Float64Array,
  previous: Float64Array,
  step: Float64Array,
): Float64Array<ArrayBuffer> {
  const last = at.length - 1;
  return Float64Array.from(gradient, (slope, k) => {
    const turn = slope * (previous[k] as number);
    const length = Math.min(2, Math.max(0.01, (step[k] as number) * (turn > 0 ? 1.3 : turn < 0 ? 0.5 : 1)));
    step[k] = length;
    if (turn < 0) return 0;
    const { least, most } = k < last ? RATE : NOISE;
    at[k] = Math.min(most, Math.max(least, (at[k] as number) - Math.sign(slope) * length));
    return slope;
  });
}

/** The negative logarithm of the likelihood, up to a constant, and its derivatives. */
function posterior(
  distances: readonly Float64Array[],
  values: Float64Array,
  at: Float64Array,
): { loss: number; gradient: Float64Array } {
  const size = values.length;
  const rates = at.slice(0, distances.length).map(exp);
  const noise = exp(at[distances.length] as number);
  const squares = weightedSquares(distances, rates);
  const lower = covariance(size, squares, noise);
  const gradient = new Float64Array(at.length);
  if (!factorize(lower))
    return { loss: Number.POSITIVE_INFINITY, gradient: gradient.fill(-1, distances.length) };
  const inverse = inverseOf(lower);
  const { weights, variance } = explain(inverse, values);
  let loss = (size / 2) * log(variance);
  for (let i = 0; i < size; i += 1) loss += log(lower.values[i * size + i] as number);
  let trace = 0;
  for (let i = 0; i < size; i += 1) {
    trace += (inverse.values[i * size + i] as number) - (weights[i] as number) ** 2 / variance;
  }
  gradient[distances.length] = (noise * trace) / 2;
  let pair = 0;
  for (let i = 1; i < size; i += 1) {
    for (let j = 0; j < i; j += 1, pair += 1) {
      const pull =
        (inverse.values[i * size + j] as number) -
        ((weights[i] as number) * (weights[j] as number)) / variance;
      const slope = pull * maternSlope(squares[pair] as number);
      for (let k = 0; k < rates.length; k += 1) {
        gradient[k] =
          (gradient[k] as number) + slope * (rates[k] as number) * (distances[k]?.[pair] as number);
      }
    }
  }
  return { loss, gradient };
}

/** The squared distances of all pairs, each axis with its rate. */
export function weightedSquares(distances: readonly Float64Array[], rates: Float64Array): Float64Array {
  const squares = new Float64Array(distances[0]?.length ?? 0);
  distances.forEach((along, k) => {
    const rate = rates[k] as number;
    for (let pair = 0; pair < squares.length; pair += 1) {
      squares[pair] = (squares[pair] as number) + rate * (along[pair] as number);
    }
  });
  return squares;
}

/** The lower triangle of the covariance of the values, as a share of the process's variance. */
export function covariance(size: number, squares: Float64Array, noise: number): Matrix {
  const values = new Float64Array(size * size);
  let pair = 0;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < i; j += 1, pair += 1) values[i * size + j] = matern(squares[pair] as number);
    values[i * size + i] = 1 + noise + 1e-8;
  }
  return { size, values };
}

/** The best constant mean and variance for `values`, and the inverse of the covariance times what is left without the mean. */
export function explain(
  inverse: Matrix,
  values: Float64Array,
): { readonly mean: number; readonly variance: number; readonly weights: Float64Array } {
  const ones = multiply(inverse, new Float64Array(values.length).fill(1));
  const whole = ones.reduce((sum, share) => sum + share, 0);
  const mean = ones.reduce((sum, share, i) => sum + share * (values[i] as number), 0) / whole;
  const left = values.map((value) => value - mean);
  const weights = multiply(inverse, left);
  const variance = weights.reduce((sum, weight, i) => sum + weight * (left[i] as number), 0) / values.length;
  return { mean, variance: Math.max(variance, 1e-12), weights };
}

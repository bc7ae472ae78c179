import { log } from '../../elementary.js';
import type { Random } from '../../random.js';
import { factorize, type Matrix } from '../gaussian-process/cholesky.js';

/** The normal distribution that a CMA-ES draws from, with what it remembers of its way. Plain values. */
export interface Distribution {
  readonly mean: readonly number[];
  /** The step size. */
  readonly sigma: number;
  /** The rows of the covariance's lower triangle, one after another. */
  readonly covariance: readonly number[];
  readonly sigmaPath: readonly number[];
  readonly covariancePath: readonly number[];
  /** How many generations it has learned from. */
  readonly generation: number;
  /** How many points make up a generation. */
  readonly population: number;
}

export function initialDistribution(
  mean: readonly number[],
  sigma: number,
  population: number,
): Distribution {
  const zeros = mean.map(() => 0);
  const covariance = mean.flatMap((_, i) => Array.from({ length: i + 1 }, (__, j) => (i === j ? 1 : 0)));
  return { mean, sigma, covariance, sigmaPath: zeros, covariancePath: zeros, generation: 0, population };
}

/** The population that N. Hansen advises for so many dimensions. */
export function defaultPopulation(dimensions: number): number {
  return 4 + Math.floor(3 * log(dimensions));
}

/** The triangle L of the covariance, C = L Lᵀ; `undefined` where it has lost that form. */
export function factorOf({ mean, covariance }: Distribution): Matrix | undefined {
  const size = mean.length;
  const values = new Float64Array(size * size);
  let next = 0;
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j <= i; j += 1) values[i * size + j] = covariance[next++] as number;
  const matrix = { size, values };
  return factorize(matrix) ? matrix : undefined;
}

/** A step from the mean, in units of the step size. */
export function drawStep({ size, values }: Matrix, random: Random): number[] {
  const z = Array.from({ length: size }, random.normal);
  return z.map((_, i) => {
    let sum = 0;
    for (let j = 0; j <= i; j += 1) sum += (values[i * size + j] as number) * (z[j] as number);
    return sum;
  });
}

/** The deviation along each axis, step size included. */
export function deviations({ mean, sigma, covariance }: Distribution): number[] {
  return mean.map((_, i) => sigma * Math.sqrt(Math.max(0, covariance[(i * (i + 3)) / 2] as number)));
}

import { exp, log } from '../../elementary.js';
import { type Matrix, solveLower } from '../gaussian-process/cholesky.js';
import type { Distribution } from './distribution.js';

/**
 * The distribution after a generation: N. Hansen (2016), "The CMA evolution strategy: a tutorial", with its constants. It
 * differs in one thing: for the path of the step size, steps are freed of the covariance by its Cholesky factor and not by
 * its square root, as O. Krause et al. (2016, "CMA-ES with optimal covariance update and storage complexity") do.
 *
 * @param ranked the points of the generation, best first.
 * @param factor the factor of the distribution's covariance.
 */
export function update(
  before: Distribution,
  ranked: readonly (readonly number[])[],
  factor: Matrix,
): Distribution {
  const { mean, sigma, covariance, population } = before;
  const n = mean.length;
  const c = constants(n, population);
  const generation = before.generation + 1;
  const steps = ranked.map((point) => point.map((value, i) => (value - (mean[i] as number)) / sigma));
  const step = mean.map((_, i) => sum(c.positive, (weight, rank) => weight * (steps[rank]?.[i] ?? 0)));

  const freed = solveLower(factor, Float64Array.from(step));
  const kept = Math.sqrt(c.sigma * (2 - c.sigma) * c.mass);
  const sigmaPath = before.sigmaPath.map((path, i) => (1 - c.sigma) * path + kept * (freed[i] as number));
  const length = Math.sqrt(sum(sigmaPath, (path) => path * path));
  const stalls =
    length / Math.sqrt(1 - power(1 - c.sigma, 2 * generation)) >= (1.4 + 2 / (n + 1)) * c.expectedLength;

  const grown = stalls ? 0 : Math.sqrt(c.path * (2 - c.path) * c.mass);
  const covariancePath = before.covariancePath.map(
    (path, i) => (1 - c.path) * path + grown * (step[i] as number),
  );

  const weights = steps.map((one, rank) => {
    const weight = c.weights[rank] as number;
    if (weight >= 0) return weight;
    const alone = solveLower(factor, Float64Array.from(one));
    return (weight * n) / (sum(alone, (part) => part * part) + 1e-12);
  });
  const total = sum(c.weights, (weight) => weight);
  const fade = 1 + (stalls ? c.rankOne * c.path * (2 - c.path) : 0) - c.rankOne - c.rankMu * total;
  const next = covariance.map((value, at) => {
    const [i, j] = rowAndColumn(at);
    const one = (covariancePath[i] as number) * (covariancePath[j] as number);
    const many = sum(steps, (y, rank) => (weights[rank] as number) * (y[i] as number) * (y[j] as number));
    return fade * value + c.rankOne * one + c.rankMu * many;
  });
  return {
    mean: mean.map((value, i) => value + sigma * (step[i] as number)),
    sigma: sigma * exp(Math.min(1, (c.sigma / c.damping) * (length / c.expectedLength - 1))),
    covariance: next,
    sigmaPath,
    covariancePath,
    generation,
    population,
  };
}

/** The constants of the tutorial's table 1, by its names for them: μ_eff is `mass`, c_σ `sigma`, c_c `path`, c_1 `rankOne`. */
function constants(n: number, population: number) {
  const raw = Array.from({ length: population }, (_, i) => log((population + 1) / 2) - log(i + 1));
  const parents = Math.floor(population / 2);
  const massOf = (weights: readonly number[]): number =>
    sum(weights, (w) => w) ** 2 / sum(weights, (w) => w * w);
  const mass = massOf(raw.slice(0, parents));
  const sigma = (mass + 2) / (n + mass + 5);
  const path = (4 + mass / n) / (n + 4 + (2 * mass) / n);
  const rankOne = 2 / ((n + 1.3) ** 2 + mass);
  const rankMu = Math.min(1 - rankOne, (2 * (1 / 4 + mass + 1 / mass - 2)) / ((n + 2) ** 2 + mass));
  const positiveSum = sum(raw, (w) => Math.max(0, w));
  const negativeSum = -sum(raw, (w) => Math.min(0, w));
  const negativeMass = massOf(raw.slice(parents));
  const negative = Math.min(
    1 + rankOne / rankMu,
    1 + (2 * negativeMass) / (mass + 2),
    (1 - rankOne - rankMu) / (n * rankMu),
  );
  const weights = raw.map((w) => (w >= 0 ? w / positiveSum : (w * negative) / negativeSum));
  return {
    weights,
    positive: weights.slice(0, parents),
    mass,
    sigma,
    damping: 1 + 2 * Math.max(0, Math.sqrt((mass - 1) / (n + 1)) - 1) + sigma,
    path,
    rankOne,
    rankMu,
    /** Of a standard normal vector. */
    expectedLength: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

function sum<T>(values: Iterable<T>, term: (value: T, i: number) => number): number {
  let total = 0;
  let i = 0;
  for (const value of values) total += term(value, i++);
  return total;
}

/** The row and the column of a position in a lower triangle. */
function rowAndColumn(at: number): [number, number] {
  const row = Math.floor((Math.sqrt(8 * at + 1) - 1) / 2);
  return [row, at - (row * (row + 1)) / 2];
}

function power(base: number, exponent: number): number {
  return exp(exponent * log(base));
}

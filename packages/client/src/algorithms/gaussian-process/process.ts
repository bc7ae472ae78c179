import { exp } from '../../elementary.js';
import type { Axis } from '../unit/axis.js';
import type { Vector } from '../unit/unit-space.js';
import { factorize, inverseOf, type Matrix, multiply } from './cholesky.js';
import { covariance, explain, weightedSquares } from './fit.js';
import { type Hyperparameters, matern, maternSlope, pairDistances, squaredDistance } from './kernel.js';

/** What is believed of the value at a vector. */
export interface Belief {
  readonly mean: number;
  readonly deviation: number;
}

/** How that changes along the axes. */
export interface Slopes {
  readonly meanSlope: Float64Array;
  readonly deviationSlope: Float64Array;
}

/** A Gaussian process that has seen values. */
export class GaussianProcess {
  readonly #axes: readonly Axis[];
  readonly #vectors: readonly Vector[];
  readonly #isCategory: readonly boolean[];
  readonly #rates: Float64Array;
  readonly #inverse: Matrix;
  readonly #weights: Float64Array;
  readonly #mean: number;
  readonly #variance: number;

  /**
   * @param imagined vectors whose values are taken to be what is believed of them: seeing them changes no mean, but there is
   * less to learn near them (the "kriging believer" of D. Ginsbourger et al. 2010).
   */
  constructor(
    axes: readonly Axis[],
    { rates, noise }: Hyperparameters,
    vectors: readonly Vector[],
    values: Float64Array,
    imagined: readonly Vector[] = [],
  ) {
    this.#axes = axes;
    this.#isCategory = axes.map(({ kind }) => kind === 'category');
    this.#rates = rates.map(exp);
    const seen = inverseCovariance(axes, this.#rates, exp(noise), vectors);
    const { mean, variance, weights } = explain(seen, values);
    this.#mean = mean;
    this.#variance = variance;
    this.#vectors = [...vectors, ...imagined];
    this.#weights = new Float64Array(this.#vectors.length);
    this.#weights.set(weights);
    this.#inverse =
      imagined.length > 0 ? inverseCovariance(axes, this.#rates, exp(noise), this.#vectors) : seen;
  }

  /** The mean alone, which costs less. */
  meanAt(vector: Vector): number {
    let mean = this.#mean;
    for (let i = 0; i < this.#vectors.length; i += 1) {
      const weight = this.#weights[i] as number;
      if (weight !== 0) mean += weight * matern(this.#square(vector, this.#vectors[i] as Vector));
    }
    return mean;
  }

  at(vector: Vector): Belief {
    return this.#believe(vector).belief;
  }

  /** What is believed at a vector, and its derivatives along the axes of numbers. */
  slopesAt(vector: Vector): Belief & Slopes {
    const { belief, squares, reach } = this.#believe(vector);
    const meanSlope = new Float64Array(this.#axes.length);
    const deviationSlope = new Float64Array(this.#axes.length);
    const share = -this.#variance / belief.deviation;
    for (let i = 0; i < squares.length; i += 1) {
      const slope = 2 * maternSlope(squares[i] as number);
      const forMean = slope * (this.#weights[i] as number);
      const forDeviation = slope * share * (reach[i] as number);
      const other = this.#vectors[i] as Vector;
      for (let k = 0; k < meanSlope.length; k += 1) {
        const apart = (vector[k] as number) - (other[k] as number);
        if (Number.isNaN(apart) || this.#isCategory[k]) continue;
        const turn = (this.#rates[k] as number) * apart;
        meanSlope[k] = (meanSlope[k] as number) + forMean * turn;
        deviationSlope[k] = (deviationSlope[k] as number) + forDeviation * turn;
      }
    }
    return { ...belief, meanSlope, deviationSlope };
  }

  #believe(vector: Vector): { belief: Belief; squares: Float64Array; reach: Float64Array } {
    const count = this.#vectors.length;
    const squares = new Float64Array(count);
    for (let i = 0; i < count; i += 1) squares[i] = this.#square(vector, this.#vectors[i] as Vector);
    const links = squares.map(matern);
    const reach = multiply(this.#inverse, links);
    let mean = this.#mean;
    let explained = 0;
    for (let i = 0; i < count; i += 1) {
      mean += (this.#weights[i] as number) * (links[i] as number);
      explained += (reach[i] as number) * (links[i] as number);
    }
    const deviation = Math.sqrt(this.#variance * Math.max(1 - explained, 1e-10));
    return { belief: { mean, deviation }, squares, reach };
  }

  /** As `squaredDistance`, summed over the axes with their rates. */
  #square(a: Vector, b: Vector): number {
    const rates = this.#rates;
    let sum = 0;
    for (let k = 0; k < rates.length; k += 1) {
      const apart = (a[k] as number) - (b[k] as number);
      if (Number.isNaN(apart) || this.#isCategory[k]) {
        sum += (rates[k] as number) * squaredDistance(this.#axes[k] as Axis, a[k] as number, b[k] as number);
      } else sum += (rates[k] as number) * apart * apart;
    }
    return sum;
  }
}

function inverseCovariance(
  axes: readonly Axis[],
  rates: Float64Array,
  noise: number,
  vectors: readonly Vector[],
): Matrix {
  const squares = weightedSquares(pairDistances(axes, vectors), rates);
  for (let extra = noise; ; extra = Math.max(10 * extra, 1e-8)) {
    const matrix = covariance(vectors.length, squares, extra);
    if (factorize(matrix)) return inverseOf(matrix);
  }
}

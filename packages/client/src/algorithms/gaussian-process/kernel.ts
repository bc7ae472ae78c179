import { exp } from '../../elementary.js';
import type { Axis } from '../unit/axis.js';
import type { Vector } from '../unit/unit-space.js';

const ROOT_5 = Math.sqrt(5);

/** How a Gaussian process believes that values hang together; each number is the logarithm of what it is called. */
export interface Hyperparameters {
  /** For each axis, how fast values change along it: one over the squared length scale. */
  readonly rates: Float64Array;
  /** The variance of the noise, as a share of that of the function. */
  readonly noise: number;
}

/** Matérn's kernel with ν = 5/2, of a squared distance (Rasmussen and Williams 2006, equation 4.17). */
export function matern(square: number): number {
  const r = ROOT_5 * Math.sqrt(square);
  return (1 + r + (r * r) / 3) * exp(-r);
}

/** The derivative of {@link matern} by the squared distance. */
export function maternSlope(square: number): number {
  const r = ROOT_5 * Math.sqrt(square);
  return (-5 / 6) * (1 + r) * exp(-r);
}

/**
 * The squared distance of two vectors along an axis. Categories are 1 apart, and so is a value from a parameter that is
 * absent.
 */
export function squaredDistance(axis: Axis, a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) === Number.isNaN(b) ? 0 : 1;
  if (axis.kind === 'category') return a === b ? 0 : 1;
  return (a - b) * (a - b);
}

/** The squared distances of all pairs of vectors, axis by axis: of `i` and `j < i` at i (i - 1) / 2 + j. */
export function pairDistances(axes: readonly Axis[], vectors: readonly Vector[]): readonly Float64Array[] {
  const count = (vectors.length * (vectors.length - 1)) / 2;
  return axes.map((axis, k) => {
    const distances = new Float64Array(count);
    let next = 0;
    for (let i = 1; i < vectors.length; i += 1) {
      for (let j = 0; j < i; j += 1) {
        distances[next++] = squaredDistance(axis, vectors[i]?.[k] as number, vectors[j]?.[k] as number);
      }
    }
    return distances;
  });
}

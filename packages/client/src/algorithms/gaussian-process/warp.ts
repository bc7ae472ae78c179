import { exp, log } from '../../elementary.js';

/** The powers that are tried. */
const POWERS = [-1, -0.5, 0, 0.25, 0.5, 0.75, 1];

/**
 * The values with mean 0 and variance 1, after the transformation that makes them look most like a normal sample: that of I.
 * Yeo and R. Johnson (2000), as in HEBO (A. Cowen-Rivers et al. 2022). It keeps their order. Infinite values become the
 * worst, or the best, of the finite ones.
 */
export function warp(values: readonly number[]): Float64Array {
  const finite = standardized(Float64Array.from(bounded(values)));
  let best = finite;
  let bestFit = Number.NEGATIVE_INFINITY;
  for (const power of POWERS) {
    const { transformed, logJacobian } = yeoJohnson(finite, power);
    const fit = logJacobian - (values.length / 2) * log(Math.max(varianceOf(transformed), 1e-300));
    if (fit > bestFit) {
      bestFit = fit;
      best = transformed;
    }
  }
  return standardized(best);
}

function bounded(values: readonly number[]): number[] {
  const finite = values.filter(Number.isFinite);
  const least = finite.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = finite.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (finite.length === 0) return values.map((value) => Math.sign(value));
  // Scaled first, so that no difference overflows.
  const scale = Math.max(Math.abs(least), Math.abs(most), Number.MIN_VALUE);
  return values.map((value) => Math.min(most, Math.max(least, value)) / scale);
}

function standardized(values: Float64Array): Float64Array {
  const mean = meanOf(values);
  const deviation = Math.sqrt(varianceOf(values));
  return values.map((value) =>
    deviation > 1e-12 * Math.abs(mean) && deviation > 0 ? (value - mean) / deviation : 0,
  );
}

function yeoJohnson(values: Float64Array, power: number): { transformed: Float64Array; logJacobian: number } {
  let logJacobian = 0;
  const transformed = values.map((value) => {
    const size = log(1 + Math.abs(value));
    logJacobian += (power - 1) * Math.sign(value) * size;
    const own = value >= 0 ? power : 2 - power;
    const moved = own === 0 ? size : (exp(own * size) - 1) / own;
    return value >= 0 ? moved : -moved;
  });
  return { transformed, logJacobian };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOf(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length;
}

import { exp, log } from '../../elementary.js';
import { density, logCumulative, logDensity } from '../../normal-distribution.js';

/** Below this, the two terms of the improvement cancel out, and what is left of them is its asymptotic series. */
const FAR = -6;

/**
 * The logarithm of the expected improvement on `best` by a value of that mean and deviation (S. Ament et al. 2023,
 * "Unexpected improvements to expected improvement for Bayesian optimization"). It can be climbed also where the
 * improvement itself is as good as nothing.
 */
export function logExpectedImprovement(best: number, mean: number, deviation: number): number {
  return log(deviation) + logUnitImprovement((best - mean) / deviation);
}

/** The derivatives of {@link logExpectedImprovement} by the mean and by the deviation. */
export function improvementSlopes(
  best: number,
  mean: number,
  deviation: number,
): { byMean: number; byDeviation: number } {
  const z = (best - mean) / deviation;
  const unit = logUnitImprovement(z);
  return {
    byMean: -exp(logCumulative(z) - unit) / deviation,
    byDeviation: exp(logDensity(z) - unit) / deviation,
  };
}

/** log(φ(z) + z Φ(z)). */
function logUnitImprovement(z: number): number {
  if (z > FAR) return log(density(z) + z * exp(logCumulative(z)));
  const square = z * z;
  return logDensity(z) - log(square) + log(1 - (3 - (15 - 105 / square) / square) / square);
}

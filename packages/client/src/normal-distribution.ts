import { exp, log } from './elementary.js';

/**
 * The standard normal distribution, the same in every engine. Near the middle its distribution function is the series of
 * the integral, in the tails Laplace's continued fraction (Abramowitz and Stegun, 26.2.11 and 26.2.14); its inverse starts
 * from P. J. Acklam's rational approximation and takes one step of Halley's method.
 */

const LOG_ROOT_TWO_PI = 0.9189385332046727;

/** The logarithm of the density at `x`. */
export function logDensity(x: number): number {
  return -0.5 * x * x - LOG_ROOT_TWO_PI;
}

/** The density at `x`. */
export function density(x: number): number {
  return exp(logDensity(x));
}

/** How likely a number below `x` is, with an absolute error under 1e-13. */
export function cumulative(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 0) return 1 - cumulative(-x);
  return x < -2.5 ? lowerTail(x) : 0.5 + centre(x);
}

/** The logarithm of {@link cumulative}, also far below 0, where that is as good as nothing. */
export function logCumulative(x: number): number {
  if (x > -2.5) return log(cumulative(x));
  return logDensity(x) + log(millsRatio(-x));
}

/** The `x` below which a number is as likely as `probability`, which is in 0..1; with a relative error under 1e-9. */
export function quantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    if (probability === 0) return Number.NEGATIVE_INFINITY;
    return probability === 1 ? Number.POSITIVE_INFINITY : Number.NaN;
  }
  if (probability > 0.5) return -quantile(1 - probability);
  const x = roughQuantile(probability);
  const error = (cumulative(x) - probability) / density(x);
  return x - error / (1 + (x * error) / 2);
}

/** The integral of the density from 0 to `x`, by its series around 0. */
function centre(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return sum * density(x);
}

function lowerTail(x: number): number {
  return density(x) * millsRatio(-x);
}

/** The tail above `x` ≥ 2.5, as a multiple of the density there: Laplace's continued fraction. */
function millsRatio(x: number): number {
  let fraction = x;
  for (let n = 60; n >= 1; n -= 1) fraction = x + n / fraction;
  return 1 / fraction;
}

/** With a relative error of about 1e-9, for probabilities up to 0.5. */
function roughQuantile(p: number): number {
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * log(p));
    const top =
      ((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) *
        q +
        4.374664141464968) *
        q +
      2.938163982698783;
    return (
      top /
      ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) *
        q +
        1)
    );
  }
  const q = p - 0.5;
  const r = q * q;
  const top =
    (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
    q;
  return (
    top /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
      1)
  );
}

import { exp, log } from '../../elementary.js';
import { cumulative } from '../../normal-distribution.js';
import type { Random } from '../../random.js';
import type { Axis, CategoryAxis, NumberAxis } from '../unit/axis.js';
import type { Vector } from '../unit/unit-space.js';
import { type Spread, spreadsOf } from './spread.js';

const LOG_ROOT_TWO_PI = 0.9189385332046727;

/** An exponent below this adds nothing to a sum of densities in which the prior has its share; one above would overflow. */
const LEAST_EXPONENT = -60;
const MOST_EXPONENT = 600;

/**
 * A density over a space: the weighted mean of kernels, one around each of some vectors and one that is the prior. A kernel is a
 * product over the axes (S. Falkner et al. 2018): for numbers a normal density cut off at the bounds, for categories one
 * that prefers the kernel's own. Along an axis that the kernel's vector lacks, it is the prior.
 */
export class Parzen {
  readonly #axes: readonly Axis[];
  readonly #centres: readonly Vector[];
  /** What the kernel around each centre weighs; the prior weighs 1. */
  readonly #weights: Float64Array;
  /** For each axis of categories how likely one is drawn from the prior. */
  readonly #spreads: readonly number[];
  /** For each axis of numbers the kernels along it, in the order of the centres. */
  readonly #curves: readonly (Curves | undefined)[];

  /** @param weights those of the kernels around the centres, 1 in the mean. Default: 1 each. */
  constructor(
    axes: readonly Axis[],
    centres: readonly Vector[],
    spread: Spread,
    weights: readonly number[] = centres.map(() => 1),
  ) {
    this.#axes = axes;
    this.#centres = centres;
    this.#weights = Float64Array.from(weights);
    this.#spreads = spreadsOf(axes, centres, spread);
    this.#curves = axes.map((axis, k) =>
      axis.kind === 'number' ? curvesOf(axis, places(centres, k), this.#spreads[k] as number) : undefined,
    );
  }

  /** A vector drawn from the density. */
  draw(random: Random): Vector {
    const i = random.weighted([...this.#weights, 1]);
    return Float64Array.from(this.#axes, (axis, k) => {
      const centre = this.#centres[i]?.[k] ?? Number.NaN;
      if (axis.kind === 'category') {
        const keeps = !Number.isNaN(centre) && random.uniform() >= (this.#spreads[k] as number);
        return keeps ? centre : random.weighted(axis.probabilities);
      }
      const curves = this.#curves[k] as Curves;
      return Number.isNaN(centre) ? random.uniform() : cutNormal(centre, curves.spreads[i] as number, random);
    });
  }

  /** The logarithm of the density at a vector, along the axes that it has. */
  logAt(vector: Vector): number {
    const count = this.#centres.length;
    const exponents = new Float64Array(count);
    const factors = this.#weights.slice();
    let prior = 1;
    for (const [k, axis] of this.#axes.entries()) {
      const place = vector[k] as number;
      if (Number.isNaN(place)) continue;
      if (axis.kind === 'category') prior *= this.#multiply(factors, axis, k, place);
      else addExponents(exponents, this.#curves[k] as Curves, place);
    }
    let sum = prior;
    for (let i = 0; i < count; i += 1) {
      const exponent = exponents[i] as number;
      if (exponent > LEAST_EXPONENT) sum += (factors[i] as number) * exp(Math.min(exponent, MOST_EXPONENT));
    }
    return log(sum / (count + 1));
  }

  /** Multiplies each kernel's factor by its likelihood of a category. @returns that of the prior. */
  #multiply(factors: Float64Array, { probabilities }: CategoryAxis, k: number, place: number): number {
    const prior = probabilities[place] as number;
    const spread = this.#spreads[k] as number;
    for (let i = 0; i < factors.length; i += 1) {
      const centre = this.#centres[i]?.[k] as number;
      const own = Number.isNaN(centre) ? prior : spread * prior + (place === centre ? 1 - spread : 0);
      factors[i] = (factors[i] as number) * own;
    }
    return prior;
  }
}

/** Normal densities cut off at 0 and 1: exp(-(x - centre)² · steepness - norm). One that is the prior is flat. */
interface Curves {
  readonly centres: Float64Array;
  readonly spreads: Float64Array;
  readonly steepness: Float64Array;
  readonly norms: Float64Array;
}

function places(vectors: readonly Vector[], k: number): Float64Array {
  return Float64Array.from(vectors, (vector) => vector[k] as number);
}

/** A kernel is at least as wide as the part of the scale that its whole number has. */
function curvesOf({ grain }: NumberAxis, centres: Float64Array, spread: number): Curves {
  const spreads = centres.map((centre) =>
    Number.isNaN(centre) ? spread : Math.max(spread, grain(centre) / 2),
  );
  return {
    centres: centres.map((centre) => (Number.isNaN(centre) ? 0 : centre)),
    spreads,
    steepness: spreads.map((own, i) => (Number.isNaN(centres[i]) ? 0 : 0.5 / (own * own))),
    norms: spreads.map((own, i) => {
      const centre = centres[i] as number;
      return Number.isNaN(centre) ? 0 : log(own * shareInside(centre, own)) + LOG_ROOT_TWO_PI;
    }),
  };
}

/** The share of a normal density that is in 0..1. */
function shareInside(centre: number, spread: number): number {
  return 1 - tail(centre / spread) - tail((1 - centre) / spread);
}

/** How likely a standard normal number is above `x`; where that makes no difference, 0. */
function tail(x: number): number {
  return x > 7 ? 0 : cumulative(-x);
}

function addExponents(exponents: Float64Array, { centres, steepness, norms }: Curves, place: number): void {
  for (let i = 0; i < exponents.length; i += 1) {
    const apart = place - (centres[i] as number);
    exponents[i] =
      (exponents[i] as number) - (apart * apart * (steepness[i] as number) + (norms[i] as number));
  }
}

/** A normal number in 0..1. At least four in ten draws are inside, as the centre is. */
function cutNormal(centre: number, deviation: number, random: Random): number {
  for (;;) {
    const place = centre + deviation * random.normal();
    if (place >= 0 && place <= 1) return place;
  }
}

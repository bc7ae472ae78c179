import { describe, InvalidConfigurationError } from '@trialbase/core';
import { log } from './elementary.js';

/** Where a generator stands: four numbers of 32 bits, not all zero. It can be stored anywhere. */
export type RandomState = readonly [number, number, number, number];

/** A seeded source of random numbers: the same seed gives the same numbers in every engine. Not for secrets. */
export interface Random {
  /** A number in [0, 1), of 53 random bits. */
  readonly uniform: () => number;
  /** A number of the standard normal distribution. */
  readonly normal: () => number;
  /** A whole number in [0, below), each as likely as the other. `below` is at most 2^53. */
  readonly integer: (below: number) => number;
  /** A position in `weights`, as likely as its share of their sum. The weights are not negative and not all zero. */
  readonly weighted: (weights: readonly number[]) => number;
  /** Where it stands; {@link resumeRandom} goes on from there. */
  readonly state: () => RandomState;
}

/**
 * A generator that starts at `seed`, a whole number from 0 up to 2^53 - 1; without one, at a place of its own.
 *
 * @throws InvalidConfigurationError if the seed is none.
 */
export function seedRandom(seed?: number | null): Random {
  if (seed === undefined || seed === null) return resumeRandom(entropy());
  checkSeed(seed);
  const low = mixer(seed >>> 0);
  const high = mixer(Math.floor(seed / 2 ** 32) ^ 0x9e3779b9);
  return resumeRandom([low() ^ high(), low() ^ high(), low() ^ high(), (low() ^ high()) | 1]);
}

/** @throws InvalidConfigurationError if it is no seed. */
export function checkSeed(seed: number): void {
  if (Number.isSafeInteger(seed) && seed >= 0) return;
  throw new InvalidConfigurationError(
    `A seed is a whole number from 0 up to 2^53 - 1, not ${describe(seed)}`,
  );
}

/** A generator that goes on from `state`: xoshiro128** 1.1 of D. Blackman and S. Vigna (https://prng.di.unimi.it). */
export function resumeRandom(state: RandomState): Random {
  const s = Uint32Array.from(state);
  let [a = 0, b = 0, c = 0, d = 0] = s;

  function next(): number {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  }

  function uniform(): number {
    const high = next() >>> 5;
    const low = next() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  function integer(below: number): number {
    // Draws beyond the last whole multiple of `below` would favour the small numbers, so they are drawn again.
    const wide = below > 2 ** 32;
    const range = wide ? 2 ** 53 : 2 ** 32;
    const limit = range - (range % below);
    for (;;) {
      const draw = wide ? uniform() * range : next();
      if (draw < limit) return draw % below;
    }
  }

  function normal(): number {
    // The polar method of G. Marsaglia; the second number that it gives is let go, so that the state is all there is.
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * log(square)) / square);
    }
  }

  function weighted(weights: readonly number[]): number {
    let rest = uniform() * weights.reduce((sum, weight) => sum + weight, 0);
    let last = 0;
    for (const [i, weight] of weights.entries()) {
      if (weight === 0) continue;
      if (rest < weight) return i;
      rest -= weight;
      last = i;
    }
    return last; // reached by rounding alone
  }

  const stand = (): RandomState => [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
  return { uniform, normal, integer, weighted, state: stand };
}

/** A generator of its own for each path of whole numbers: the same path from the same state gives the same one. */
export function deriveRandom(state: RandomState, ...path: readonly number[]): Random {
  const hash = Uint32Array.from(state);
  for (const step of path) {
    for (const half of [step >>> 0, Math.floor(step / 2 ** 32) >>> 0]) {
      hash.forEach((word, i) => {
        hash[i] = mixer(word ^ Math.imul(half + i, 0x85ebca6b) ^ (hash[(i + 1) % 4] as number))();
      });
    }
  }
  const [a = 0, b = 0, c = 0, d = 0] = hash;
  return resumeRandom([a, b, c, (d | 1) >>> 0]);
}

function rotate(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** Spreads a seed over many bits: a Weyl sequence through the finalizer of MurmurHash3 (A. Appleby). */
function mixer(seed: number): () => number {
  let weyl = seed;
  return () => {
    weyl = (weyl + 0x9e3779b9) | 0;
    let z = weyl;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}

function entropy(): RandomState {
  const [a = 1, b = 2, c = 3, d = 4] = crypto.getRandomValues(new Uint32Array(4));
  return [a, b, c, (d | 1) >>> 0];
}

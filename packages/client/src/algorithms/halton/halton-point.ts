import { deriveRandom, type Random, type RandomState } from '../../random.js';

/** Digits beyond this resolution are drawn at random. */
const RESOLUTION = 2 ** -32;

/**
 * The point number `index`, from 0, of a scrambled Halton sequence in `dimensions` dimensions: places in [0, 1). Each digit
 * is permuted at random, by a permutation that depends on the digits before it (A. Owen 1995, "Randomly permuted
 * (t, m, s)-nets and (t, s)-sequences"), so that each point by itself is uniform, and all together are spread evenly.
 */
export function haltonPoint(dimensions: number, index: number, key: RandomState): number[] {
  return primes(dimensions).map((base, dimension) => scrambled(index, base, dimension, key));
}

function scrambled(index: number, base: number, dimension: number, key: RandomState): number {
  let rest = index;
  let place = 0;
  let weight = 1 / base;
  let prefix = 0;
  for (let level = 0; weight > RESOLUTION; level += 1) {
    const random = deriveRandom(key, dimension, level, prefix);
    // Past the last digit of the index there are zeros, each of which is permuted too.
    place += weight * permuted(rest % base, base, random);
    prefix = prefix * base + (rest % base);
    rest = Math.floor(rest / base);
    weight /= base;
  }
  const last = deriveRandom(key, dimension, -1, index);
  return Math.min(place + weight * base * last.uniform(), 1 - 2 ** -53);
}

/** Where `digit` goes in a random permutation of all digits below `base` (the shuffle of Fisher and Yates). */
function permuted(digit: number, base: number, random: Random): number {
  const digits = Array.from({ length: base }, (_, i) => i);
  for (let i = base - 1; i > 0; i -= 1) {
    const other = random.integer(i + 1);
    [digits[i], digits[other]] = [digits[other] as number, digits[i] as number];
  }
  return digits[digit] as number;
}

const found: number[] = [2];

/** The first `count` primes. */
function primes(count: number): readonly number[] {
  for (let candidate = 3; found.length < count; candidate += 2) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found.slice(0, count);
}

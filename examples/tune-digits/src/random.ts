import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** A source of chance that repeats itself: the same seed gives the same numbers. Drawing from it advances it. */
export type Random = RandomGenerator;

export function randomFrom(seed: number): Random {
  return xoroshiro128plus(seed);
}

/** A number between `-limit` and `limit`. */
export function within(limit: number, random: Random): number {
  return (2 * uniformFloat64(random) - 1) * limit;
}

/** Puts the items into a random order, in place (Fisher and Yates). */
export function shuffle(items: Uint32Array | number[], random: Random): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = uniformInt(random, 0, last);
    const item = items[last] as number;
    items[last] = items[other] as number;
    items[other] = item;
  }
}

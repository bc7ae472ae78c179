import type { Random } from 'trialbase';

/** Puts the items into a random order, in place (Fisher and Yates). */
export function shuffle(items: Uint32Array | number[], random: Random): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    const item = items[last] as number;
    items[last] = items[other] as number;
    items[other] = item;
  }
}

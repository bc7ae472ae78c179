import { setTimeout as delay } from 'node:timers/promises';
import { type Attack, attacksOn, type Battlefield } from './attacks.js';
import type { Browser } from './browser.js';
import type { Place } from './tabs.js';

/** How long until the next attack at most, in milliseconds. */
const LONGEST_PEACE = 500;

/** One attack after another, on tabs to which nothing happens yet. @returns how often each was made. */
export async function attack(field: Battlefield, duration: number): Promise<Record<string, number>> {
  const { random, tabs, browser } = field;
  // As often as each weighs.
  const attacks = attacksOn(browser).flatMap((each) => Array.from({ length: each.weight }, () => each));
  const counts: Record<string, number> = {};
  const count = (name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const underWay = new Map<Place, Promise<unknown>>();
  const end = performance.now() + duration;
  while (performance.now() < end) {
    await delay(random.integer(0, LONGEST_PEACE));
    const { name, make } = random.pick(attacks as [Attack, ...Attack[]]);
    const place = random.pick(tabs.places as [Place, ...Place[]]);
    if (underWay.has(place)) continue;
    const made = make(field, place).then(
      () => count(name),
      // The driver could not: what it has left of the tab is no use.
      async () => {
        count(`${name}, in vain`);
        await tabs.replace(place);
      },
    );
    underWay.set(
      place,
      made.finally(() => underWay.delete(place)),
    );
  }
  await Promise.all(underWay.values());
  return counts;
}

/** So much fits into what a round has little room for, in bytes. */
const LITTLE = 15_000;

/**
 * Gives the origin little room for the most part of a round. It has to be so from the beginning: Chromium asks how much there is
 * when it needs more than it knew of, or after half a minute.
 */
export async function cutQuota(
  browser: Browser,
  { origin, duration }: { readonly origin: string; readonly duration: number },
) {
  const { devtools } = browser;
  if (!devtools) return {};
  const tab = await browser.openTab();
  await tab.goto(`${origin}/elsewhere.html`);
  await devtools.setQuota(tab, origin, LITTLE);
  setTimeout(() => void devtools.setQuota(tab, origin), (2 * duration) / 3);
  return { 'quota cut and given back': 1 };
}

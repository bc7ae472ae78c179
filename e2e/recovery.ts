import { expect, type TestInfo } from '@playwright/test';
import type { Tab } from '../browsers/tab.js';
import { join } from './store-tab.js';

/** How long a tab that is gone may keep others waiting, in milliseconds. */
const BAR = 100;

/** The machine is busy now and then; what takes long in each of these tries does not take long by chance. */
const TRIES = 20;

/** Expects that who waits for the algorithm lock is served as soon as its holder comes to an end, and notes how soon that was. */
export async function expectRecovery(
  openTab: (path: string) => Promise<Tab>,
  end: (holder: Tab) => Promise<unknown>,
  info: TestInfo,
): Promise<void> {
  let quickest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TRIES && quickest > BAR; i++) {
    const holder = await join(await openTab('store.html'));
    const waiter = await join(await openTab('store.html'));
    await holder.evaluate(() => window.store.hold('of the one that is gone'));
    await waiter.evaluate(() => window.store.waitForLock('of the one that waited'));
    const began = Date.now();
    await end(holder);
    quickest = Math.min(quickest, (await waiter.evaluate(() => window.store.waited())) - began);
    expect(await waiter.evaluate(() => window.store.state())).toBe('of the one that waited');
    await waiter.close();
  }
  info.annotations.push({ type: 'recovery', description: `${quickest} ms` });
  expect(quickest).toBeLessThanOrEqual(BAR);
}

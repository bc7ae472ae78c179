import { expect } from '@playwright/test';
import type { Tab } from '../browsers/tab.js';

/** Waits until the page, `store.html`, has its store open, and has it join the experiment of the tests. */
export async function join(tab: Tab): Promise<Tab> {
  await expect.poll(() => tab.evaluate(() => 'store' in window)).toBe(true);
  await tab.evaluate(() => window.store.join('digits'));
  return tab;
}

import type { Tab } from '../browsers/tab.js';
import type {} from './store-page.js';

/** Waits until the page has its store open, and joins the experiment of the tests. */
export async function join(tab: Tab, path = 'store.html'): Promise<Tab> {
  await expectStore(tab, path);
  await tab.evaluate(() => window.store.join('digits'));
  return tab;
}

async function expectStore(tab: Tab, path: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await tab.evaluate(() => 'store' in window)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${path} did not open its store`);
}

import { test as base, expect, type Page } from '@playwright/test';
import { devtools } from '../browsers/devtools.js';
import { openPlainChromium } from '../browsers/plain-chromium.js';
import { join } from './store-tab.js';

/** `openStore` opens a tab of a browser whose tabs can be frozen, and has it join the experiment. */
const test = base.extend<{ openStore: () => Promise<Page> }>({
  openStore: async ({ baseURL }, use) => {
    const chromium = await openPlainChromium();
    await use(async () => {
      const page = await chromium.context.newPage();
      await page.goto(new URL('store.html', baseURL).href);
      await join(page);
      return page;
    });
    await chromium.close();
  },
});

/** Freezes a tab, as Chromium does with one that was not looked at for minutes. @returns what has it go on. */
async function freeze(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    document.addEventListener('freeze', () => {
      document.title = 'was frozen';
    });
  });
  await devtools.setFrozen(page, true);
  return async () => {
    await devtools.setFrozen(page, false);
    expect(await page.title()).toBe('was frozen');
  };
}

test('a tab that is frozen past its reservation is refused when it comes back, and goes on with the next trial', async ({
  openStore,
}) => {
  const frozen = await openStore();
  const other = await openStore();
  await frozen.evaluate(() => window.store.register(2));
  const trial = await frozen.evaluate(() => window.store.reserve('frozen'));
  const resume = await freeze(frozen);
  await expect.poll(() => other.evaluate(() => window.store.bringBackLost())).toBe(1);
  expect(await other.evaluate(() => window.store.reserve('other'))).toBe(trial);
  await resume();
  expect(await frozen.evaluate(() => window.store.complete(1))).toBe('failed-update');
  expect(await frozen.evaluate(() => window.store.reserve('frozen'))).not.toBe(trial);
  expect(await other.evaluate(() => window.store.complete(2))).toBe('done');
});

test('a tab that is frozen while it holds the lock is robbed of it by releaseAlgorithmLock, and refused', async ({
  openStore,
}) => {
  const frozen = await openStore();
  const other = await openStore();
  await frozen.evaluate(() => window.store.hold('of the frozen one'));
  const resume = await freeze(frozen);
  expect(await other.evaluate(() => window.store.releaseLock())).toBe(true);
  await other.evaluate(() => window.store.waitForLock('of the other'));
  await other.evaluate(() => window.store.waited());
  await resume();
  expect(await frozen.evaluate(() => window.store.endHolding())).toBe('failed-update');
  expect(await frozen.evaluate(() => window.store.state())).toBe('of the other');
});

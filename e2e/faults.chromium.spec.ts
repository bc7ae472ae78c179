import type { BrowserContext, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { devtools } from '../browsers/devtools.js';
import { test } from './browser-test.js';
import { expectRecovery } from './recovery.js';
import { join } from './store-tab.js';

async function openStore(context: BrowserContext, origin = ''): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/store.html`);
  await join(page);
  return page;
}

test.describe('a tab that crashes', () => {
  test('gives its lock back at once', async ({ openTab }, info) => {
    await expectRecovery(openTab, (holder) => devtools.crash(holder), info);
  });
});

test.describe('a quota that runs out', () => {
  test('is a typed error, with nothing half-written, and it works again once there is room', async ({
    context,
  }) => {
    const page = await context.newPage();
    await page.goto('/blank.html');
    const { origin } = new URL(page.url());
    await devtools.setQuota(page, origin, 3_000_000);
    await page.goto('/store.html');
    await join(page);
    const { code, stored } = await page.evaluate(() => window.store.fill(200));
    expect(code).toBe('storage-full');
    expect(stored).toBeGreaterThan(0);
    expect(await page.evaluate(() => window.store.count())).toBe(stored);
    await devtools.setQuota(page, origin);
    expect(await page.evaluate(() => window.store.fill(1))).toEqual({ code: 'duplicate-key', stored: 0 });
    await page.evaluate(() => window.store.registerOne(1_000));
    expect(await page.evaluate(() => window.store.count())).toBe(stored + 1);
  });

  for (const type of ['idb', 'dexie']) {
    test(`is a typed error of a change as well, through ${type}`, async ({ context }) => {
      const page = await context.newPage();
      const unhandled: Error[] = [];
      page.on('pageerror', (error) => unhandled.push(error));
      await page.goto('/blank.html');
      const { origin } = new URL(page.url());
      await devtools.setQuota(page, origin, 3_000_000);
      await page.goto(`/store.html?type=${type}`);
      await join(page);
      await page.evaluate(() => window.store.register(100));
      const { code, grown } = await page.evaluate(() => window.store.grow());
      expect(code).toBe('storage-full');
      expect(grown).toBeGreaterThan(0);
      expect(await page.evaluate(() => window.store.countGrown())).toBe(grown);
      await devtools.setQuota(page, origin);
      expect((await page.evaluate(() => window.store.grow())).grown).toBe(100);
      expect(unhandled).toEqual([]);
    });
  }
});

test.describe('site data that the user deletes while a tab is open', () => {
  test('is told, and not brought back behind the back', async ({ context }) => {
    const page = await openStore(context);
    const { origin } = new URL(page.url());
    await devtools.clearDatabases(page, origin);
    const { outcome, message } = await page.evaluate(() => window.store.look());
    expect(outcome).toBe('storage-unavailable');
    // Chromium may leave an opening unanswered that comes while it still deletes: then it is told when the time is up.
    expect(message).toMatch(/was deleted|is upgrading or deleting it/);
    await page.reload();
    await join(page);
    expect(await page.evaluate(() => window.store.count())).toBe(0);
  });
});

test.describe('a page that was not loaded securely', () => {
  // It has no Web Locks: the lock's document is a lease.
  const origin = 'http://insecure.test:4179';

  test('hands the algorithm lock over to another tab', async ({ context }) => {
    const holder = await openStore(context, origin);
    const waiter = await openStore(context, origin);
    expect(await holder.evaluate(() => window.store.isSecure())).toBe(false);
    await holder.evaluate(() => window.store.hold('first'));
    await waiter.evaluate(() => window.store.waitForLock('second'));
    expect(await holder.evaluate(() => window.store.endHolding())).toBe('done');
    await waiter.evaluate(() => window.store.waited());
    expect(await holder.evaluate(() => window.store.state())).toBe('second');
  });

  test('takes the lock over from a tab that was closed, once its lease is over', async ({ context }) => {
    const holder = await openStore(context, origin);
    const waiter = await openStore(context, origin);
    await holder.evaluate(() => window.store.hold('of the one that is gone'));
    await waiter.evaluate(() => window.store.waitForLock('of the one that waited'));
    await holder.close();
    await waiter.evaluate(() => window.store.waited());
    expect(await waiter.evaluate(() => window.store.state())).toBe('of the one that waited');
  });
});

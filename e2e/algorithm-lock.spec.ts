import { expect } from '@playwright/test';
import { test } from './browser-test.js';
import { expectRecovery } from './recovery.js';
import { join } from './store-tab.js';

test('a tab that is closed gives its lock back at once, and its state is not saved', async ({
  openTab,
}, info) => {
  await expectRecovery(openTab, (holder) => holder.close(), info);
});

test('a tab that is reloaded gives its lock back at once', async ({ openTab }, info) => {
  await expectRecovery(openTab, (holder) => holder.reload(), info);
});

test('a holder whose lock is released by another tab is refused, and its state never lands', async ({
  openTab,
}) => {
  const late = await join(await openTab('store.html'));
  const other = await join(await openTab('store.html'));
  await late.evaluate(() => window.store.hold('late'));
  expect(await other.evaluate(() => window.store.releaseLock())).toBe(true);
  await other.evaluate(() => window.store.waitForLock('of the next'));
  await other.evaluate(() => window.store.waited());
  expect(await late.evaluate(() => window.store.endHolding())).toBe('failed-update');
  expect(await late.evaluate(() => window.store.state())).toBe('of the next');
});

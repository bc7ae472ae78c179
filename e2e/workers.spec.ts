import { expect } from '@playwright/test';
import { test } from './browser-test.js';
import { join } from './store-tab.js';

test('a worker that was taken for lost is refused, and goes on with the next trial', async ({ openTab }) => {
  const silent = await join(await openTab('store.html'));
  const other = await join(await openTab('store.html'));
  await silent.evaluate(() => window.store.register(2));
  const lost = await silent.evaluate(() => window.store.reserve('silent'));
  expect(await silent.evaluate(() => window.store.beat())).toBe(true);

  await expect.poll(() => other.evaluate(() => window.store.bringBackLost())).toBe(1);
  expect(await other.evaluate(() => window.store.reserve('other'))).toBe(lost);

  expect(await silent.evaluate(() => window.store.beat())).toBe(false);
  expect(await silent.evaluate(() => window.store.complete(1))).toBe('failed-update');
  expect(await other.evaluate(() => window.store.complete(2))).toBe('done');
  expect(await silent.evaluate(() => window.store.reserve('silent'))).not.toBe(lost);
  expect(await silent.evaluate(() => window.store.complete(3))).toBe('done');
});

test('a page that is reloaded gets its own trial back', async ({ openTab }) => {
  const tab = await join(await openTab('store.html'));
  await tab.evaluate(() => window.store.register(3));
  const trial = await tab.evaluate(() => window.store.reserve('mine'));
  await tab.reload();
  await join(tab);
  expect(await tab.evaluate(() => window.store.reserve('mine'))).toBe(trial);
  expect(await tab.evaluate(() => window.store.complete(1))).toBe('done');
  expect(await tab.evaluate(() => window.store.reserve('mine'))).not.toBe(trial);
});

test('what one tab does, another that watches is told', async ({ openTab }) => {
  const watcher = await join(await openTab('store.html'));
  const worker = await join(await openTab('store.html'));
  await worker.evaluate(() => window.store.register(1));
  await watcher.evaluate(() => window.store.watch());
  const seen = (): Promise<string | undefined> => watcher.evaluate(() => window.store.watched().at(-1));
  await expect.poll(seen).toBe('added new');
  await worker.evaluate(() => window.store.reserve('worker'));
  await expect.poll(seen).toBe('changed reserved');
  await worker.evaluate(() => window.store.complete(1));
  await expect.poll(seen).toBe('changed completed');
});

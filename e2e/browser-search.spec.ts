import { expect } from '@playwright/test';
import { test } from './browser-test.js';
import { photograph } from './photograph.js';
import { expectCompleted, rowsOf, start, textOf } from './search-tab.js';

const PAGE = 'browser-search/index.html';

test('a search completes, and the page shows each trial and the best', async ({ openTab }, info) => {
  const tab = await openTab(`${PAGE}?trials=6&workers=2&seed=1`);
  await expect.poll(() => textOf(tab, 'state')).not.toBe('');
  await photograph(tab, 'ready', info);
  await start(tab);
  await expectCompleted(tab, 6);
  await expect.poll(() => textOf(tab, 'counts')).toContain('6 completed');
  await expect
    .poll(async () => (await rowsOf(tab)).map(([, status]) => status))
    .toEqual(Array(6).fill('completed'));
  const losses = (await rowsOf(tab)).map(([, , loss]) => Number(loss));
  expect(await textOf(tab, 'best')).toContain(Math.min(...losses).toFixed(4));
  await photograph(tab, 'completed', info);
});

test('a page that is reloaded in the middle goes on, and no trial is evaluated again', async ({
  openTab,
}, info) => {
  const tab = await openTab(`${PAGE}?trials=7&workers=1&seed=2`);
  await start(tab);
  const completed = async (): Promise<string[][]> =>
    (await rowsOf(tab)).filter(([, status]) => status === 'completed');
  await expect.poll(async () => (await completed()).length, { timeout: 60_000 }).toBeGreaterThan(2);
  const before = await completed();
  await photograph(tab, 'running', info);
  await tab.reload();
  await expectCompleted(tab, 7);
  await expect.poll(async () => (await rowsOf(tab)).length).toBe(7);
  // A trial that was evaluated anew would have taken other seconds, or another worker.
  const after = new Set((await rowsOf(tab)).map(String));
  for (const row of before) expect(after).toContain(String(row));
});

test('two tabs work on one search, each trial in one of them', async ({ openTab }) => {
  const query = '?trials=12&workers=1&seed=3';
  const one = await openTab(PAGE + query);
  const two = await openTab(PAGE + query);
  await start(one);
  await start(two);
  await expectCompleted(one, 12);
  await expectCompleted(two, 12);
  await expect.poll(async () => (await rowsOf(one)).length).toBe(12);
  const rows = await rowsOf(one);
  expect(new Set(rows.map(([number]) => number)).size).toBe(12);
  expect(new Set(rows.map((row) => row.at(-1)?.replace(/-\d+$/, ''))).size).toBe(2);
  await expect.poll(async () => (await rowsOf(two)).map(String)).toEqual(rows.map(String));
});

test('an address that makes no sense is told, with the searches that there are to choose from', async ({
  openTab,
}) => {
  const tab = await openTab(`${PAGE}?name=mine`);
  await expect.poll(() => textOf(tab, 'searches')).toBe('mine');
  const wrong = await openTab(`${PAGE}?trials=many`);
  await expect.poll(() => textOf(wrong, 'notices')).toContain('trials=many');
  await expect.poll(() => textOf(wrong, 'searches')).toBe('mine');
});

import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { build } from 'vite';
import type { Tab } from '../browsers/tab.js';
import { test as base } from './browser-test.js';
import { addressOf, serve } from './file-server.js';

const root = join(import.meta.dirname, '..');

/** The page of the example, built once, and served. */
const test = base.extend<object, { address: string }>({
  address: [
    // Playwright asks for a pattern.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const outDir = await mkdtemp(join(tmpdir(), 'browser-search-'));
      const page = join(root, 'examples/browser-search');
      await build({ root: page, logLevel: 'warn', build: { outDir, emptyOutDir: true } });
      const server: Server = await serve({ '/': `${outDir}/` });
      await use(`${addressOf(server)}/index.html`);
      server.close();
      await rm(outDir, { recursive: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

const press = (tab: Tab, id: string): Promise<unknown> =>
  tab.evaluate((button) => document.getElementById(button)?.click(), id);

const textOf = (tab: Tab, id: string): Promise<string> =>
  tab.evaluate((element) => document.getElementById(element)?.textContent ?? '', id);

/** The rows of the table, each by the texts of its cells. */
const rowsOf = (tab: Tab): Promise<string[][]> =>
  tab.evaluate(() =>
    Array.from(document.querySelectorAll('#table tbody tr'), (row) =>
      Array.from(row.children, (cell) => cell.textContent?.trim() ?? ''),
    ),
  );

async function start(tab: Tab): Promise<void> {
  await expect
    .poll(() => tab.evaluate(() => document.querySelector<HTMLButtonElement>('#start')?.disabled))
    .toBe(false);
  await press(tab, 'start');
}

async function expectCompleted(tab: Tab, count: number): Promise<void> {
  await expect
    .poll(() => textOf(tab, 'progress-text'), { timeout: 60_000 })
    .toBe(`${count} of ${count} trials completed`);
}

test('a search completes, and the page shows each trial and the best', async ({ openTab, address }) => {
  const tab = await openTab(`${address}?trials=6&workers=2&seed=1`);
  await start(tab);
  await expectCompleted(tab, 6);
  await expect.poll(() => textOf(tab, 'counts')).toContain('6 completed');
  await expect
    .poll(async () => (await rowsOf(tab)).map(([, status]) => status))
    .toEqual(Array(6).fill('completed'));
  const losses = (await rowsOf(tab)).map(([, , loss]) => Number(loss));
  expect(await textOf(tab, 'best')).toContain(Math.min(...losses).toFixed(4));
});

test('a page that is reloaded in the middle goes on, and no trial is evaluated again', async ({
  openTab,
  address,
}) => {
  const tab = await openTab(`${address}?trials=12&workers=1&seed=2`);
  await start(tab);
  const completed = async (): Promise<string[][]> =>
    (await rowsOf(tab)).filter(([, status]) => status === 'completed');
  await expect.poll(async () => (await completed()).length, { timeout: 60_000 }).toBeGreaterThan(2);
  const before = await completed();
  await tab.reload();
  await expectCompleted(tab, 12);
  await expect.poll(async () => (await rowsOf(tab)).length).toBe(12);
  // A trial that was evaluated anew would have taken other seconds, or another worker.
  const after = new Set((await rowsOf(tab)).map(String));
  for (const row of before) expect(after).toContain(String(row));
});

test('two tabs work on one search, each trial in one of them', async ({ openTab, address }) => {
  const query = '?trials=16&workers=1&seed=3';
  const one = await openTab(address + query);
  const two = await openTab(address + query);
  await start(one);
  await start(two);
  await expectCompleted(one, 16);
  await expectCompleted(two, 16);
  await expect.poll(async () => (await rowsOf(one)).length).toBe(16);
  const rows = await rowsOf(one);
  expect(new Set(rows.map(([number]) => number)).size).toBe(16);
  expect(new Set(rows.map((row) => row.at(-1)?.replace(/-\d+$/, ''))).size).toBe(2);
  await expect.poll(async () => (await rowsOf(two)).map(String)).toEqual(rows.map(String));
});

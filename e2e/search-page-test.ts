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

/** Tests of the page of the example, built once, and served. */
export const test = base.extend<object, { address: string }>({
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

export const textOf = (tab: Tab, id: string): Promise<string> =>
  tab.evaluate((element) => document.getElementById(element)?.textContent ?? '', id);

/** The rows of the table, each by the texts of its cells. */
export const rowsOf = (tab: Tab): Promise<string[][]> =>
  tab.evaluate(() =>
    Array.from(document.querySelectorAll('#table tbody tr'), (row) =>
      Array.from(row.children, (cell) => cell.textContent?.trim() ?? ''),
    ),
  );

/** Presses Start, once the page is ready. */
export async function start(tab: Tab): Promise<void> {
  await expect
    .poll(() => tab.evaluate(() => document.querySelector<HTMLButtonElement>('#start')?.disabled))
    .toBe(false);
  await press(tab, 'start');
}

/** Waits until the search is over. */
export async function expectCompleted(tab: Tab, count: number): Promise<void> {
  await expect
    .poll(() => textOf(tab, 'progress-text'), { timeout: 60_000 })
    .toBe(`${count} of ${count} trials completed`);
}

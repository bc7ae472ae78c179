import { expect } from '@playwright/test';
import type { Tab } from '../browsers/tab.js';

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

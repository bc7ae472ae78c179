import { expect } from '@playwright/test';
import { test } from './browser-test.js';

test('the page of the tutorial tunes a network in Web Workers, and shows it', async ({ openTab }) => {
  test.setTimeout(120_000);
  const tab = await openTab('tuned-page/index.html?trials=4');
  const title = (): Promise<string> => tab.evaluate(() => document.title);
  const text = (): Promise<string> => tab.evaluate(() => document.body.textContent ?? '');
  await expect.poll(text, { timeout: 60_000 }).toMatch(/: loss \d\.\d{3} after epoch \d/);
  await expect.poll(title, { timeout: 90_000 }).toBe('Tuned');
  await expect.poll(text).toContain('4 of 4');
  expect(await text()).toMatch(/The best so far has a loss of \d\.\d{4}: /);
});

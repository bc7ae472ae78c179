import { expect } from '@playwright/test';
import type { Tab } from '../browsers/tab.js';
import { test } from './browser-test.js';

interface Page extends Window {
  readonly workerName: () => Promise<string>;
}

function nameIn(tab: Tab): Promise<string> {
  return tab.evaluate(() => (window as unknown as Page).workerName());
}

test("a tab's worker keeps its name when the page is reloaded", async ({ openTab }) => {
  const tab = await openTab('worker-name.html');
  const name = await nameIn(tab);
  for (let i = 0; i < 5; i++) {
    await tab.reload();
    expect(await nameIn(tab)).toBe(name);
  }
});

test('another tab has another name', async ({ openTab }) => {
  const tabs = [await openTab('worker-name.html'), await openTab('worker-name.html')];
  const [one, two] = await Promise.all(tabs.map(nameIn));
  expect(one).not.toBe(two);
});

/** What a browser does when it duplicates a tab: the new one begins with a copy of the session storage. */
async function duplicate(tab: Tab, openTab: (path?: string) => Promise<Tab>): Promise<Tab> {
  const entries = await tab.evaluate(() => Object.entries(sessionStorage));
  const copy = await openTab();
  await copy.evaluate((copied) => {
    for (const [key, value] of copied) sessionStorage.setItem(key, value);
  }, entries);
  return copy;
}

test('a duplicated tab has another name, which it keeps as well', async ({ openTab }) => {
  const original = await openTab('worker-name.html');
  const name = await nameIn(original);
  const copy = await duplicate(original, openTab);
  await copy.goto(await original.evaluate(() => location.href));
  const other = await nameIn(copy);
  expect(other).not.toBe(name);

  for (const tab of [copy, original]) await tab.reload();
  expect(await nameIn(original)).toBe(name);
  expect(await nameIn(copy)).toBe(other);
});

test('a duplicated tab has the name of the first once that is closed', async ({ openTab }) => {
  const original = await openTab('worker-name.html');
  const name = await nameIn(original);
  const address = await original.evaluate(() => location.href);
  const copy = await duplicate(original, openTab);
  await original.close();
  await copy.goto(address);
  expect(await nameIn(copy)).toBe(name);
});

test('a tab that comes back to its page has its name still, and no duplicate of it has', async ({
  openTab,
}) => {
  const original = await openTab('worker-name.html');
  const name = await nameIn(original);
  const address = await original.evaluate(() => location.href);
  await original.goto(new URL('blank.html', address).href);
  await original.evaluate(() => void setTimeout(() => history.back()));
  await expect(async () => expect(await nameIn(original)).toBe(name)).toPass();

  const copy = await duplicate(original, openTab);
  await copy.goto(address);
  expect(await nameIn(copy)).not.toBe(name);
});

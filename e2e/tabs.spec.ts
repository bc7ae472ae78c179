import { expect } from '@playwright/test';
import { test } from './browser-test.js';

test('two tabs share what is stored, and hear each other', async ({ openTab }) => {
  const one = await openTab();
  const two = await openTab();

  await one.evaluate(() => {
    localStorage['greeting'] = 'hello';
    new BroadcastChannel('tabs').addEventListener('message', ({ data }) => {
      document.title = data;
    });
  });
  await two.evaluate((name) => {
    new BroadcastChannel('tabs').postMessage(`${localStorage['greeting']}, ${name}`);
  }, 'two');

  await expect.poll(() => one.evaluate(() => document.title)).toBe('hello, two');
});

test('a tab is reloaded or closed without the others', async ({ openTab }) => {
  const one = await openTab();
  const two = await openTab();
  const mark = (): void => {
    document.title = 'marked';
  };
  await one.evaluate(mark);
  await two.evaluate(mark);

  await two.reload();
  expect(await two.evaluate(() => document.title)).toBe('Blank');
  await two.close();

  expect(await one.evaluate(() => document.title)).toBe('marked');
  await expect(two.evaluate(() => document.title)).rejects.toThrow();
  const three = await openTab();
  expect(await three.evaluate(() => document.title)).toBe('Blank');
});

test('what a page throws, or rejects with, is thrown to the test', async ({ openTab }) => {
  const tab = await openTab();

  const thrown = tab.evaluate(() => {
    throw new TypeError('thrown in the page');
  });
  await expect(thrown).rejects.toThrow('thrown in the page');

  const rejected = tab.evaluate(() => Promise.reject(new TypeError('rejected in the page')));
  await expect(rejected).rejects.toThrow('rejected in the page');
});

test('a screenshot shows what the page shows', async ({ openTab }) => {
  const tab = await openTab();
  const white = await tab.screenshot();
  await tab.evaluate(() => {
    document.documentElement.style.background = 'black';
  });
  const black = await tab.screenshot();

  expect(white.subarray(1, 4).toString()).toBe('PNG');
  expect(black.equals(white)).toBe(false);
});

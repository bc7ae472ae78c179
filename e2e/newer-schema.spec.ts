import { expect } from '@playwright/test';
import { test } from './browser-test.js';
import { join } from './store-tab.js';

test('a second tab that opens the store with a newer schema has it at once, and the first is told both versions', async ({
  openTab,
}) => {
  const first = await join(await openTab('store.html'));
  await first.evaluate(() => window.store.register(3));

  const second = await openTab();
  const upgrade = await second.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const request = indexedDB.open('e2e', 7_000);
        request.addEventListener('upgradeneeded', () => {
          request.result.createObjectStore('from the future');
        });
        request.addEventListener('success', () => resolve([...request.result.objectStoreNames].join(', ')));
        request.addEventListener('error', () => resolve(String(request.error)));
        setTimeout(() => resolve('kept waiting'), 5_000);
      }),
  );
  // What the first tab stored is there for the newer program.
  expect(upgrade).toBe('algo, benchmarks, counts, experiments, from the future, trials');

  const { outcome, message } = await first.evaluate(() => window.store.look());
  expect(outcome).toBe('unsupported-version');
  expect(message).toContain('7000');
  expect(message).toMatch(/\b20\b/);
  expect(await first.evaluate(() => window.store.reserve('late').catch(() => 'refused'))).toBe('refused');
});

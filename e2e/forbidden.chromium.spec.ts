import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { addressOf, serve } from './file-server.js';

test('a page that may not keep data is told so by a typed error', async ({ page }) => {
  const server = await serve({ '/': join(import.meta.dirname, '../packages/trialbase/dist/bundle/') });
  const script = `${addressOf(server)}/trialbase.js`;
  await page.goto('/blank.html');
  await page.setContent('<iframe sandbox="allow-scripts" srcdoc="A page of nobody\'s"></iframe>');
  const frame = page.frames()[1];
  const refusal = await frame?.evaluate(async (address) => {
    const { errorCode, setupStorage } = await import(address);
    const error = await setupStorage().catch((thrown: unknown) => thrown);
    return { code: errorCode(error), message: String(error) };
  }, script);
  expect(refusal).toMatchObject({ code: 'storage-unavailable' });
  expect(refusal?.message).toContain('memory');
  server.close();
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { build } from 'vite';
import { test } from './browser-test.js';
import { addressOf, serve } from './file-server.js';

const root = join(import.meta.dirname, '..');
const example = join(root, 'examples/first-page');

test('the first page runs from one script, with nothing but files served', async ({ openTab }) => {
  const bundle = join(root, 'packages/trialbase/dist/bundle/');
  const server = await serve({ '/trialbase/': bundle, '/': `${example}/` });
  const tab = await openTab(`${addressOf(server)}/index.html`);
  await expect.poll(() => tab.evaluate(() => document.body.textContent)).toMatch(/^Done: \d/);
  server.close();
});

test('the first page runs with a bundler, and goes on where it was when it is reloaded', async ({
  openTab,
}) => {
  const outDir = await mkdtemp(join(tmpdir(), 'first-page-'));
  await build({
    root: example,
    configFile: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: join(example, 'bundled.html') } },
  });
  const server = await serve({ '/': `${outDir}/` });
  const tab = await openTab(`${addressOf(server)}/bundled.html`);
  const text = (): Promise<string | null> => tab.evaluate(() => document.body.textContent);
  await expect.poll(text).toMatch(/^The best of 30 trials: \{"x":/);
  const first = await text();
  await tab.reload();
  // All trials are done: none is evaluated again.
  await expect.poll(text).toBe(first);
  server.close();
  await rm(outDir, { recursive: true });
});

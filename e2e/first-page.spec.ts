import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { expect } from '@playwright/test';
import { build } from 'vite';
import { test } from './browser-test.js';

const root = join(import.meta.dirname, '..');
const example = join(root, 'examples/first-page');

/** What a server of plain files answers with: the first of the folders that a path begins with. */
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

function serve(folders: Readonly<Record<string, string>>): Promise<Server> {
  const server = createServer(({ url = '' }, response) => {
    const [prefix, folder = ''] = Object.entries(folders).find(([each]) => url.startsWith(each)) ?? [''];
    const file = createReadStream(join(folder, url.slice(prefix.length)));
    file.on('open', () => response.setHeader('Content-Type', types[extname(url)] ?? 'text/plain'));
    file.on('error', () => response.writeHead(404).end());
    file.pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

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

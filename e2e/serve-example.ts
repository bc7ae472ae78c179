import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { addressOf, serve } from './file-server.js';

const examples = join(import.meta.dirname, '../examples');

/** Builds the page of an example and serves it, as long as `use` takes. */
export async function serveExample(name: string, use: (address: string) => Promise<void>): Promise<void> {
  const outDir = await mkdtemp(join(tmpdir(), `${name}-`));
  await build({ root: join(examples, name), logLevel: 'warn', build: { outDir, emptyOutDir: true } });
  const server = await serve({ '/': `${outDir}/` });
  try {
    await use(`${addressOf(server)}/index.html`);
  } finally {
    server.close();
    await rm(outDir, { recursive: true });
  }
}

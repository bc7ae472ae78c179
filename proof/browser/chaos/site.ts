import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type InlineConfig, preview } from 'vite';

/** The pages, as they are served. */
export interface Site {
  readonly origin: string;
  close(): Promise<void>;
}

/** Builds the pages as for production, and serves them. No engine keeps a copy, so that each tab gets them anew. */
export async function openSite(): Promise<Site> {
  const outDir = await mkdtemp(join(tmpdir(), 'trialbase-chaos-'));
  const config = {
    configFile: false,
    root: join(import.meta.dirname, 'page'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'esnext' },
    worker: { format: 'es' },
    preview: { host: '127.0.0.1', port: 0, headers: { 'Cache-Control': 'no-store' } },
  } satisfies InlineConfig;
  await build(config);
  const server = await preview(config);
  const [address = ''] = server.resolvedUrls?.local ?? [];
  return {
    origin: new URL(address).origin,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}

import { build, type InlineConfig, preview } from 'vite';
import { Orders } from './orders.js';

/** A page that is served. */
export interface Site {
  readonly address: string;
  /** What a page of it is to do that no driver can reach. */
  readonly orders: Orders;
  close(): Promise<void>;
}

/**
 * By the first two a page is isolated from other origins, which makes its clock finer. WebKit refuses an isolated page the
 * script of a worker that it has in its cache, so it is to keep none.
 */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cache-Control': 'no-store',
};

/**
 * Builds the page that is measured in, as for production, and serves it.
 *
 * @param root the directory of its sources. @param outDir what is built goes there.
 */
export async function openSite(root: string, outDir: string): Promise<Site> {
  const orders = new Orders();
  const config = {
    configFile: false,
    root,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'esnext' },
    worker: { format: 'es' },
    plugins: [orders.plugin],
    preview: { host: '127.0.0.1', port: 0, headers },
  } satisfies InlineConfig;
  await build(config);
  const server = await preview(config);
  const [address = ''] = server.resolvedUrls?.local ?? [];
  return { address, orders, close: () => server.close() };
}

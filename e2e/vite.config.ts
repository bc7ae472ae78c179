import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vite';
import base from '../vite.config.js';

const trialbase = fileURLToPath(new URL('../packages/trialbase/src/', import.meta.url));
const pages = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.html'));

/** Builds the pages of the tests, each of few files, as they are opened some hundred times; and serves them. */
export default mergeConfig(
  base,
  defineConfig({
    // As the condition "browser" has it.
    resolve: {
      alias: [
        { find: '#registry', replacement: `${trialbase}registry.browser.ts` },
        { find: /^trialbase$/, replacement: `${trialbase}index.ts` },
      ],
    },
    build: {
      outDir: 'dist/pages',
      target: 'esnext',
      rolldownOptions: { input: pages.map((page) => join(import.meta.dirname, page)) },
    },
    preview: { host: '127.0.0.1', port: 4179, strictPort: true, allowedHosts: ['insecure.test'] },
  }),
);

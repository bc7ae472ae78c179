import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vite';
import base from '../vite.config.js';

const trialbase = fileURLToPath(new URL('../packages/trialbase/src/', import.meta.url));

/** Serves the pages of the tests. They stay as they were loaded, whatever changes meanwhile. */
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
    server: {
      host: '127.0.0.1',
      port: 4179,
      strictPort: true,
      hmr: false,
      // A page that has lost its line to the server, as a frozen one does, would load itself anew.
      ws: false,
      watch: null,
      allowedHosts: ['insecure.test'],
    },
  }),
);

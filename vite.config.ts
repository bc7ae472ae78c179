import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { projects } from './browsers/vitest-projects.js';

const root = fileURLToPath(new URL('.', import.meta.url));
const packages = `${root}packages`;
const vectors = resolve(process.env['TRIALBASE_VECTORS'] ?? `${packages}/core/test/vectors`);

export default defineConfig({
  // Tests see the packages' sources, so that nothing has to be built before them.
  resolve: {
    alias: [
      { find: /^@trialbase\/core\/testing$/, replacement: `${packages}/core/src/testing/index.ts` },
      { find: /^@trialbase\/client\/testing$/, replacement: `${packages}/client/src/testing/index.ts` },
      { find: /^@trialbase\/core\/adapter$/, replacement: `${packages}/core/src/adapter.ts` },
      { find: /^@trialbase\/([^/]+)$/, replacement: `${packages}/$1/src/index.ts` },
      { find: /^bench\/(.+)$/, replacement: `${root}bench/src/$1.ts` },
      { find: /^digits$/, replacement: `${root}examples/digits/src/index.ts` },
      { find: /^trialbase$/, replacement: `${packages}/trialbase/src/index.node.ts` },
      { find: '#registry', replacement: `${packages}/trialbase/src/registry.node.ts` },
      { find: /^@vectors/, replacement: vectors },
    ],
  },
  // The vectors may be anywhere.
  server: { fs: { allow: [root, vectors] } },
  // Two files in Node beside one in each engine: what is tested in Node often waits, for processes and for leases.
  test: { projects, testTimeout: 30_000, maxWorkers: 2 },
});

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { projects } from './browsers/vitest-projects.js';

const packages = fileURLToPath(new URL('packages', import.meta.url));

export default defineConfig({
  // Tests see the packages' sources, so that nothing has to be built before them.
  resolve: {
    alias: [
      { find: /^@trialbase\/core\/testing$/, replacement: `${packages}/core/src/testing/index.ts` },
      { find: /^@trialbase\/core\/adapter$/, replacement: `${packages}/core/src/adapter.ts` },
      { find: /^@trialbase\/([^/]+)$/, replacement: `${packages}/$1/src/index.ts` },
      { find: /^trialbase$/, replacement: `${packages}/trialbase/src/index.ts` },
    ],
  },
  test: { projects, testTimeout: 30_000 },
});

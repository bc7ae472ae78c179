/** Builds the pages of the tests and of the examples that they open, once for all tests, and serves them. */

import { join } from 'node:path';
import { build, preview } from 'vite';

const root = import.meta.dirname;
const examples = ['browser-search', 'tensorflow-page', 'tuned-page'];

await build({ root });
for (const name of examples) {
  await build({
    root: join(root, '../examples', name),
    logLevel: 'warn',
    build: { outDir: join(root, 'dist/pages', name), emptyOutDir: true },
  });
}
await preview({ root });

/** Makes of the browser's side of the package `trialbase` one file for pages without a bundler; Dexie lies beside it. */

import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './run.mjs';

const bundle = await rolldown({
  input: { trialbase: join(root, 'packages/trialbase/dist/index.js') },
  platform: 'browser',
});
await bundle.write({
  dir: join(root, 'packages/trialbase/dist/bundle'),
  chunkFileNames: '[name].js',
  minify: true,
});
await bundle.close();

/** Bundles of the package `trialbase`: its browser's side for pages without a bundler, and its command, which starts faster so. */

import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './run.mjs';

const dist = join(root, 'packages/trialbase/dist');

// One file; Dexie lies beside it.
await bundle(
  { input: { trialbase: join(dist, 'index.js') }, platform: 'browser' },
  { dir: join(dist, 'bundle'), minify: true },
);
// Of many small files, finding each costs more than reading it. What others wrote is loaded from where npm put it.
await bundle(
  { input: { trialbase: join(dist, 'cli/main.js') }, platform: 'node', external: isOfOthers },
  { dir: join(dist, 'command') },
);

/**
 * @param {import('rolldown').InputOptions} input
 * @param {import('rolldown').OutputOptions} output
 */
async function bundle(input, output) {
  const build = await rolldown(input);
  await build.write({ chunkFileNames: '[name].js', ...output });
  await build.close();
}

/** @param {string} id */
function isOfOthers(id) {
  return !/^([./#]|@trialbase\/|[A-Z]:)/.test(id);
}

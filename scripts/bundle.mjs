/** Bundles of the package `trialbase`: its browser's side for pages without a bundler, and its command, which starts faster so. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './run.mjs';

const dist = join(root, 'packages/trialbase/dist');
const { dependencies } = JSON.parse(readFileSync(join(root, 'packages/trialbase/package.json'), 'utf8'));

// One file; Dexie lies beside it.
await bundle(
  { input: { trialbase: join(dist, 'index.js') }, platform: 'browser' },
  { dir: join(dist, 'bundle'), minify: true },
);
// Of many small files, finding each costs more than reading it.
await bundle(
  { input: { trialbase: join(dist, 'cli/main.js') }, platform: 'node', external: isFound },
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

/**
 * Whether it is loaded from where npm put it: as far as `trialbase` itself depends on it. What the packages depend on that are
 * bundled with it need not be found from there.
 *
 * @param {string} id
 */
function isFound(id) {
  const [scope = '', name] = id.split('/');
  const dependency = scope.startsWith('@') ? `${scope}/${name}` : scope;
  return dependency in dependencies && scope !== '@trialbase';
}

/**
 * `npm run sizes`: prints how large a page's bundle becomes by what it imports. Fails where that is more than `sizes.json`
 * allows, and where the bundle for one platform holds what only the other can use.
 */

import './ready.mjs';
import { isBuiltin } from 'node:module';

// What this imports may have been installed only now.
const { bundle, measureSizes } = await import('./bundle-sizes.mjs');

const ALL = "export * from 'trialbase';";

/** @type {string[]} */
const complaints = [];
console.log('minified    brotli     limit  bundle');
for (const { name, minified, brotli, limit } of await measureSizes()) {
  console.log(`${inBytes(minified)}  ${inBytes(brotli)}  ${inBytes(limit)}  ${name}`);
  if (brotli <= limit) continue;
  complaints.push(
    `${name}: ${brotli - limit} bytes more than its limit. Find out what grew; if it is worth it, raise the limit in ` +
      'scripts/sizes.json to the size and 3 %.',
  );
}
await refuse('browser', 'Node', (file) => isBuiltin(file) || file.includes('/packages/file/'));
await refuse('node', 'IndexedDB', (file) => /\/(packages|node_modules)\/(idb|dexie)\//.test(file));
for (const complaint of complaints) console.log(`\n${complaint}`);
if (complaints.length > 0) process.exitCode = 1;

/**
 * Complains of files in the bundle of all that there is for a platform.
 *
 * @param {'browser' | 'node'} platform
 * @param {string} other whose files they are
 * @param {(file: string) => boolean} isStranger
 */
async function refuse(platform, other, isStranger) {
  const files = new Set();
  for (const { modules, imports } of await bundle(ALL, platform, [])) {
    for (const file of [...Object.keys(modules), ...imports]) if (isStranger(file)) files.add(file);
  }
  if (files.size === 0) return;
  complaints.push(
    `The bundle of trialbase for ${platform} holds what is of ${other}:\n  ${[...files].join('\n  ')}`,
  );
}

/** @param {number} bytes */
function inBytes(bytes) {
  return bytes.toLocaleString('en-US').padStart(8);
}

/**
 * `npm run sizes`: prints how large a page's bundle becomes by what it imports. Fails where that is more than `sizes.json`
 * allows, and where the bundle for one platform holds what only the other can use.
 */

import './ready.mjs';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { root } from './run.mjs';

/**
 * @typedef {object} Budget
 * @property {string} name
 * @property {string} code what the page imports
 * @property {string[]} [without] the packages to leave out
 * @property {number} limit the most bytes that it may load at first, each file compressed with brotli
 */

const ALL = "export * from 'trialbase';";

/** @type {Budget[]} */
const budgets = JSON.parse(readFileSync(join(root, 'scripts/sizes.json'), 'utf8'));

/** @type {string[]} */
const complaints = [];
console.log('minified    brotli     limit  bundle');
for (const budget of budgets) await check(budget);
await refuse('browser', 'Node', (file) => isBuiltin(file) || file.includes('/packages/file/'));
await refuse('node', 'IndexedDB', (file) => /\/(packages|node_modules)\/(idb|dexie)\//.test(file));
for (const complaint of complaints) console.log(`\n${complaint}`);
if (complaints.length > 0) process.exitCode = 1;

/** @param {Budget} budget */
async function check({ name, code, without = [], limit }) {
  const chunks = await bundle(code, 'browser', without);
  const files = loadedAtFirst(chunks).map((chunk) => Buffer.from(chunk.code));
  const minified = sum(files.map((file) => file.length));
  const brotli = sum(files.map((file) => brotliCompressSync(file).length));
  console.log(`${inBytes(minified)}  ${inBytes(brotli)}  ${inBytes(limit)}  ${name}`);
  if (brotli <= limit) return;
  complaints.push(
    `${name}: ${brotli - limit} bytes more than its limit. Find out what grew; if it is worth it, raise the limit in ` +
      'scripts/sizes.json to the size and 3 %.',
  );
}

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

/**
 * @param {string} code
 * @param {'browser' | 'node'} platform
 * @param {string[]} without the packages to leave out
 */
async function bundle(code, platform, without) {
  // Beside the packages, so that they are found by their names.
  const input = join(root, 'entry.js');
  const entry = {
    name: 'entry',
    resolveId: (/** @type {string} */ id) => (id === input ? id : undefined),
    load: (/** @type {string} */ id) => (id === input ? code : undefined),
  };
  const external = (/** @type {string} */ id) => isBuiltin(id) || without.includes(id);
  const build = await rolldown({ input, platform, external, plugins: [entry] });
  const { output } = await build.generate({ minify: true });
  await build.close();
  return output.filter((file) => file.type === 'chunk');
}

/**
 * The entry, and what it imports, as long as the page does not ask for more.
 *
 * @param {import('rolldown').OutputChunk[]} chunks
 */
function loadedAtFirst(chunks) {
  const loaded = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const { imports } of loaded)
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) loaded.add(chunk);
  return [...loaded];
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** @param {number} bytes */
function inBytes(bytes) {
  return bytes.toLocaleString('en-US').padStart(8);
}

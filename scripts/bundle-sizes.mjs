/** Bundles of what a page, or a program, imports of the packages; and how much of it a page has to load. */

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
 * @property {number} [goal] the most that it should
 */

/** @type {Budget[]} */
const budgets = JSON.parse(readFileSync(join(root, 'scripts/sizes.json'), 'utf8'));

/** The size of each bundle of `sizes.json`, in bytes, minified and then compressed, and what it may and should be. */
export async function measureSizes() {
  const sizes = [];
  for (const { name, code, without = [], limit, goal = limit } of budgets) {
    const chunks = await bundle(code, 'browser', without);
    const files = loadedAtFirst(chunks).map((chunk) => Buffer.from(chunk.code));
    const minified = sum(files.map((file) => file.length));
    const brotli = sum(files.map((file) => brotliCompressSync(file).length));
    sizes.push({ name, minified, brotli, limit, goal });
  }
  return sizes;
}

/**
 * @param {string} code
 * @param {'browser' | 'node'} platform
 * @param {string[]} without the packages to leave out
 */
export async function bundle(code, platform, without) {
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

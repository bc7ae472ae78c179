/** `npm test`: makes the checkout ready, then runs every check. The last line printed says how many passed. */

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const report = 'test-results/vitest.json';
const packages = readdirSync(join(root, 'packages'));
const total = { passed: 0, failed: 0, skipped: 0 };

check('types, build', 'node scripts/ready.mjs');
check('format', 'biome check');
check('lint', 'oxlint');
check('dead code', 'knip');
for (const name of packages) {
  check(`package ${name}`, `publint --strict packages/${name}`);
  check(`types of package ${name}`, `attw --profile esm-only --pack packages/${name}`);
}
tests();

console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;

/**
 * @param {string} name
 * @param {string} command
 */
function check(name, command) {
  if (timed(name, command)) total.passed++;
  else total.failed++;
}

/** Runs Vitest, and counts each of its tests. A file that does not even load has none, yet counts as a failure. */
function tests() {
  rmSync(join(root, report), { force: true });
  const ok = timed('tests', `vitest run --reporter=default --reporter=json --outputFile.json=${report}`);
  const counts = readReport();
  total.passed += counts.numPassedTests;
  total.failed += Math.max(counts.numFailedTests, ok ? 0 : 1);
  total.skipped += counts.numPendingTests + counts.numTodoTests;
}

function readReport() {
  try {
    return JSON.parse(readFileSync(join(root, report), 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  }
}

/**
 * Runs a command and prints how long it took, and what it had to say if it failed.
 *
 * @param {string} name
 * @param {string} command
 */
function timed(name, command) {
  const start = performance.now();
  const { ok, output } = run(`${command} 2>&1`, 'pipe');
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${ok ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (!ok) console.log(output);
  return ok;
}

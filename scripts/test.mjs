/** `npm test`: makes the checkout ready, then runs every check. The last line printed says how many passed. */

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const packages = readdirSync(join(root, 'packages'));
const total = none();
/** @type {Record<string, ReturnType<typeof none>>} how the tests ended in Node, and in each engine */
const platforms = {};

process.once('exit', () => {
  console.log(inWords(total));
  if (total.failed > 0) process.exitCode = 1;
});

check('types, build', 'node scripts/ready.mjs');
check('format', 'biome check');
check('lint', 'oxlint');
check('dead code', 'knip');
check('reference', 'npm run check --workspace reference');
check('sizes of bundles', 'node scripts/sizes.mjs');
for (const name of packages) {
  check(`package ${name}`, `publint --strict packages/${name}`);
  check(`types of package ${name}`, `attw --profile esm-only --pack packages/${name}`);
}

// What this imports may have been installed only now.
const { programs } = await import('../browsers/engines.mjs');
const reporter = './scripts/outcome-reporter.mjs';
tests('tests', `vitest run --reporter=default --reporter=${reporter}`);
if (Object.values(programs).some(Boolean))
  tests('tests of tabs', `playwright test --reporter=list,${reporter}`);
for (const [platform, program] of Object.entries({ node: process.execPath, ...programs })) {
  const counts = platforms[platform];
  if (counts) console.log(`  ${platform}: ${inWords(counts)} (${program})`);
  else miss(platform, program);
}

/**
 * @param {string} name
 * @param {string} command
 */
function check(name, command) {
  if (timed(name, command)) total.passed++;
  else total.failed++;
}

/**
 * Counts each test of a runner, by platform. Where the runner fails although no test did, that is one failure.
 *
 * @param {string} name
 * @param {string} command
 */
function tests(name, command) {
  const report = join(root, `test-results/outcomes.json`);
  process.env['TRIALBASE_OUTCOMES'] = report;
  rmSync(report, { force: true });
  const failedBefore = total.failed;
  const ok = timed(name, command);
  for (const [platform, outcome] of readOutcomes(report)) {
    platforms[platform] ??= none();
    platforms[platform][outcome]++;
    total[outcome]++;
  }
  if (!ok && total.failed === failedBefore) total.failed++;
}

function none() {
  return { passed: 0, failed: 0, skipped: 0 };
}

/**
 * @param {string} report
 * @returns {[platform: string, outcome: keyof typeof total][]}
 */
function readOutcomes(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return [];
  }
}

/** @param {typeof total} counts */
function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * A person may lack an engine, and is told so. The machine that decides may not.
 *
 * @param {string} platform on which no test ran
 * @param {string | undefined} program
 */
function miss(platform, program) {
  const outcome = program || process.env['CI'] ? 'failed' : 'skipped';
  total[outcome]++;
  console.log(
    `  ${platform}: ${outcome}, as ${program ? `no test ran in ${program}` : 'it is not installed'}`,
  );
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

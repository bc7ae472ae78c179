/** Makes a checkout ready to run: installs what the lock file asks for, unless it is there, and builds what has changed. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

if (!isInstalled()) orStop(run('npm ci', 'inherit'));
orStop(run('tsc -b', 'inherit'));
orStop(run('node scripts/bundle.mjs', 'inherit'));

function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      optional || !path.includes('node_modules/') || (path in present && present[path]?.version === version),
  );
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean }>} by path; none where there is no such file
 */
function readPackages(lockFile) {
  try {
    return JSON.parse(readFileSync(join(root, lockFile), 'utf8')).packages;
  } catch {
    return {};
  }
}

/** @param {{ ok: boolean }} outcome */
function orStop({ ok }) {
  if (!ok) process.exit(1);
}

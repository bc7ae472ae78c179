import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** The root of the repository. */
export const root = join(import.meta.dirname, '..');

process.env.PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);

/**
 * Runs a command line in the root of the repository, with the development tools on its path, and waits for it.
 *
 * @param {string} command
 * @param {import('node:child_process').StdioOptions} stdio
 */
export function run(command, stdio) {
  const { status, stdout } = spawnSync(command, {
    cwd: root,
    shell: true,
    stdio,
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  return { ok: status === 0, output: stdout };
}

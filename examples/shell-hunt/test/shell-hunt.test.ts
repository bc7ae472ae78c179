import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../hunt.sh', import.meta.url));
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'shell-hunt-'));
});

afterEach(() => rm(directory, { recursive: true }));

it('the script is tuned, its search drawn and its best trials listed', async () => {
  const env = { ...process.env, TRIALS: '3' };
  const { stdout, stderr } = await run(script, { cwd: directory, env });
  expect(stderr).toContain('3/3 trials');
  expect(stdout).toContain('compress-v1: the best of 3 trials');
  const objectives = [...stdout.matchAll(/^[\da-f]{32} {2}completed +(\d+)/gm)].map(([, text]) =>
    Number(text),
  );
  expect(objectives).toHaveLength(3);
  expect(objectives).toEqual(objectives.toSorted((a, b) => a - b));
}, 120_000);

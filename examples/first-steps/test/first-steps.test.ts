import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const run = promisify(execFile);
const example = fileURLToPath(new URL('..', import.meta.url));
let directory: string;

beforeEach(async () => {
  execFileSync('npx', ['tsc', '-b', example], { cwd: example, stdio: 'pipe' });
  directory = await mkdtemp(join(tmpdir(), 'first-steps-'));
});

afterEach(() => rm(directory, { recursive: true }));

async function firstSteps(): Promise<string> {
  const { stdout } = await run(process.execPath, [join(example, 'dist/main.js')], { cwd: directory });
  return stdout;
}

it('the first steps find a good point, and find it in the store when run again', async () => {
  const output = await firstSteps();
  const [, value] = /The best of 50 trials: .* with (\S+)/s.exec(output) ?? [];
  expect(Number(value)).toBeLessThan(0.1);
  expect(await firstSteps()).toBe(output);
});

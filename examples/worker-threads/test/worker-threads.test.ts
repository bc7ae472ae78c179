import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { objectiveOf, reportsOf, setupStorage } from 'trialbase';
import { afterEach, beforeEach, expect, it } from 'vitest';

const run = promisify(execFile);
const example = fileURLToPath(new URL('..', import.meta.url));
let directory: string;

beforeEach(async () => {
  execFileSync('npx', ['tsc', '-b', example], { cwd: example, stdio: 'pipe' });
  directory = await mkdtemp(join(tmpdir(), 'worker-threads-'));
}, 60_000);

afterEach(() => rm(directory, { recursive: true }));

it('worker threads tune the network, give up what is not worth it, and are done when run again', async () => {
  const search = async (): Promise<string> => {
    const { stdout } = await run(process.execPath, [join(example, 'dist/main.js'), '6'], { cwd: directory });
    return stdout;
  };
  const output = await search();
  expect(output).toMatch(
    /^6 networks were trained, \d+ of them not to the end\.\nThe best has a loss of 0\.\d+: /,
  );

  const storage = await setupStorage({ path: join(directory, '.trialbase-worker-threads') });
  const [experiment] = await storage.fetchExperiments({});
  const trials = experiment ? await storage.fetchTrials(experiment) : [];
  await storage.close();
  expect(trials.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'completed'));
  for (const trial of trials) {
    const reports = reportsOf(trial);
    expect(reports[0]?.[0]).toBe(1);
    // What was reported last is the objective, whether it went to the end or not.
    expect(reports.at(-1)?.[1]).toBe(objectiveOf(trial.results));
  }
  expect(await search()).toBe(output);
}, 120_000);

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { reportsOf, type StorageProtocol, setupStorage, type Trial } from 'trialbase';
import { afterEach, beforeEach, expect, it } from 'vitest';

const example = fileURLToPath(new URL('..', import.meta.url));
let directory: string;
let storage: StorageProtocol;

beforeEach(async () => {
  execFileSync('npx', ['tsc', '-b', example], { cwd: example, stdio: 'pipe' });
  directory = await mkdtemp(join(tmpdir(), 'resume-'));
  storage = await setupStorage({ path: join(directory, '.trialbase') });
}, 60_000);

afterEach(async () => {
  await storage.close();
  await rm(directory, { recursive: true });
});

function start(pause: number): { process: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [join(example, 'dist/main.js'), String(pause)], { cwd: directory });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      text += chunk;
    });
  return { process: child, output: () => text };
}

async function trials(): Promise<Trial[]> {
  const [experiment] = await storage.fetchExperiments({ name: 'descent' });
  return experiment ? storage.fetchTrials(experiment) : [];
}

/** A trial that is in the midst of its steps, after others were completed. */
async function midway(completed: number): Promise<Trial> {
  for (;;) {
    const all = await trials();
    const running = all.find((trial) => trial.status === 'reserved' && reportsOf(trial).length >= 5);
    if (running && all.filter(({ status }) => status === 'completed').length >= completed) return running;
    await sleep(5);
  }
}

it('a search whose process is killed goes on with the trial it was at, from the step it had come to', async () => {
  const killed: Trial[] = [];
  for (const completed of [0, 2]) {
    const run = start(20);
    killed.push(await midway(completed));
    const before = (await trials()).filter(({ status }) => status === 'completed');
    run.process.kill('SIGKILL');
    await once(run.process, 'close');
    expect(await trials()).toEqual(expect.arrayContaining(before));
  }
  const last = start(1);
  const [code] = await once(last.process, 'close');
  expect(code, last.output()).toBe(0);
  expect(last.output()).toContain(`Going on with ${killed[1]?.id} after step`);
  expect(last.output()).toContain('The best: {');

  const all = await trials();
  expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'completed'));
  for (const trial of all) {
    const steps = reportsOf(trial).map(([step]) => step);
    expect(steps).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(trial.worker).toBe('descender');
  }
}, 60_000);

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = `
import { DocumentStorage, openMemory } from '@trialbase/core';
import { openExperiment, real } from '@trialbase/client';
const storage = new DocumentStorage(await openMemory());
const experiment = await openExperiment(storage, { name: 'e', space: { x: real(0, 1) } });
const trial = await experiment.suggest();
console.log(trial.status);
`;

it('a trial that is held does not keep a process alive', async () => {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  // Its first heartbeat would be due after 24 s.
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd,
    timeout: 15_000,
  });
  expect(stdout).toBe('reserved\n');
});

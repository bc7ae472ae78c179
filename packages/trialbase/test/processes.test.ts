import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkerProcess } from '../../file/test/worker-process.js';
import type { Experiment, StorageProtocol } from '../src/index.js';
import { setupStorage } from '../src/index.js';

const workers = fileURLToPath(new URL('workers/', import.meta.url));

let path: string;
let storage: StorageProtocol;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'trialbase-processes-'));
  storage = await setupStorage({ type: 'file', path, staleAfter: 300 });
});

afterEach(async () => {
  await storage.close();
  await rm(path, { recursive: true });
});

function start(script: string, ...args: readonly (string | number)[]): WorkerProcess {
  return new WorkerProcess(join(workers, script), path, ...args);
}

async function anExperiment(algoState: unknown): Promise<Experiment> {
  return storage.createExperiment({ name: 'e' }, { algoState });
}

describe('several processes on one store', () => {
  it('of ten that create the same experiment at once, one does', async () => {
    const creators = Array.from({ length: 10 }, () => start('create'));
    await Promise.all(creators.map((creator) => creator.hasWritten(1)));
    for (const creator of creators) creator.tell('go');
    const told = await Promise.all(creators.map(async (creator) => (await creator.succeeds())[1]));
    expect(told.filter((each) => each === 'created')).toHaveLength(1);
    expect(told.filter((each) => each === 'duplicate-key')).toHaveLength(9);
    const experiments = await storage.fetchExperiments({ name: 'e' });
    expect(experiments).toHaveLength(1);
    expect(await storage.getAlgorithmLockInfo({ uid: experiments[0]?._id ?? '' })).toBeDefined();
  });

  it('six reserve each of 200 queued trials exactly once, and complete it', async () => {
    const { _id: experiment } = await anExperiment(null);
    const params = Array.from({ length: 200 }, (_, i) => [{ name: '/x', type: 'real', value: i }] as const);
    const { registered } = await storage.registerTrials(params.map((each) => ({ experiment, params: each })));
    const taken = await Promise.all(
      Array.from({ length: 6 }, () => start('reserve', String(experiment)).succeeds()),
    );
    expect(taken.flat().toSorted()).toEqual(registered.map(({ id }) => id).toSorted());
    expect(await storage.countCompletedTrials({ uid: experiment })).toBe(200);
  });
});

describe('the algorithm lock among processes', () => {
  it('keeps a counter exact for every raise that was acknowledged, though holders are killed', async () => {
    const { _id: experiment } = await anExperiment(0);
    const another = (): WorkerProcess => start('raise', String(experiment), 40);
    const all = Array.from({ length: 8 }, another);
    for (let kills = 0; kills < 8; kills++) {
      await all[kills]?.hasWritten(3);
      all[kills]?.kill('SIGKILL');
      all.push(another());
    }
    await Promise.all(all.map(({ ended }) => ended));
    const acknowledged = all.flatMap(({ lines }) => lines.map(Number));
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    const saved = Number((await storage.getAlgorithmLockInfo({ uid: experiment }))?.state);
    expect(saved).toBeGreaterThanOrEqual(Math.max(...acknowledged));
    // Of a worker that is killed, one raise may have been saved and not told.
    expect(saved - acknowledged.length).toBeGreaterThanOrEqual(0);
    expect(saved - acknowledged.length).toBeLessThanOrEqual(8);
  }, 60_000);

  it('refuses the write of a holder that was stopped past its time and goes on', async () => {
    const { _id: uid } = await anExperiment('first');
    const holder = start('hold', String(uid));
    await holder.hasWritten(1);
    holder.kill('SIGSTOP');
    await storage.acquireAlgorithmLock({ uid }, { timeout: 20_000 }, (locked) =>
      locked.setState('successor'),
    );
    holder.kill('SIGCONT');
    holder.tell('go');
    expect(await holder.succeeds()).toEqual(['holds', 'failed-update']);
    expect((await storage.getAlgorithmLockInfo({ uid }))?.state).toBe('successor');
  });
});

import { everything } from '@trialbase/core/adapter';
import { openFile } from '@trialbase/file';
import { expect, it } from 'vitest';
import { insertTrials } from './documents.js';
import { freshDirectory } from './store-directory.js';
import { WorkerProcess } from './worker-process.js';

async function idsIn(path: string): Promise<unknown[]> {
  const database = await openFile({ path });
  const found = await database.find('trials', everything);
  await database.close();
  return found.map(({ _id }) => _id);
}

it('six processes reserve 200 trials, each exactly once', async () => {
  const path = freshDirectory();
  const database = await openFile({ path });
  const ids = Array.from({ length: 200 }, (_, i) => `trial-${String(i).padStart(3, '0')}`);
  await database.write([insertTrials(ids)]);
  const workers = Array.from({ length: 6 }, (_, i) => new WorkerProcess('reserve', path, `worker-${i}`));
  const taken = await Promise.all(workers.map((worker) => worker.succeeds()));
  expect(taken.flat().sort()).toEqual(ids);
  const stored = await database.find('trials', everything);
  expect(stored.map(({ worker }) => worker)).toEqual(
    ids.map((id) => `worker-${taken.findIndex((ofOne) => ofOne.includes(id))}`),
  );
  await database.close();
});

it('ten processes write 200 documents each, and none is lost', async () => {
  const path = freshDirectory();
  const writers = Array.from({ length: 10 }, (_, i) => new WorkerProcess('write', path, `w${i}`, 200));
  const written = (await Promise.all(writers.map((writer) => writer.succeeds()))).flat();
  expect(written).toHaveLength(2000);
  expect(await idsIn(path)).toEqual(written.sort());
});

it('readers and strict writers go on while others seal the journal again and again', async () => {
  const path = freshDirectory();
  const writers = Array.from(
    { length: 4 },
    (_, i) => new WorkerProcess('write', path, `w${i}`, 150, i % 2 ? 'strict' : 'relaxed', 5000),
  );
  const readers = Array.from({ length: 2 }, () => new WorkerProcess('read', path, 600));
  const written = (await Promise.all(writers.map((writer) => writer.succeeds()))).flat();
  for (const reader of readers) expect(await reader.succeeds()).toEqual(['600']);
  expect(await idsIn(path)).toEqual(written.sort());
});

it('writers killed at random moments lose nothing that was acknowledged', async () => {
  const path = freshDirectory();
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const writers = Array.from(
      { length: 4 },
      (_, i) => new WorkerProcess('write', path, `r${round}w${i}`, 1e6, 'relaxed', 20_000),
    );
    await Promise.all(writers.map((writer) => writer.hasWritten(1)));
    for (const writer of writers) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      writer.kill('SIGKILL');
      expect(await writer.ended).toBe('SIGKILL');
      acknowledged.push(...writer.lines);
    }
  }
  const stored = new Set(await idsIn(path));
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  // Each may have been killed between a write and its acknowledgement, or while the pipe was full.
  expect(stored.size).toBeGreaterThanOrEqual(acknowledged.length);
});

import fs from 'node:fs';
import { DocumentStorage, errorCode } from '@trialbase/core';
import { equal, type OpenDatabase, oneOf, type UpdateStep } from '@trialbase/core/adapter';
import { openFile } from '@trialbase/file';
import { describe, expect, it } from 'vitest';
import { insertTrials } from './documents.js';
import { freshDirectory, journalIn } from './store-directory.js';
import { WorkerProcess } from './worker-process.js';

const ref = { uid: 1 };

function setStatus(id: string, status: string): UpdateStep {
  const changes = [{ path: ['status'], value: status }];
  return { kind: 'update', collection: 'trials', where: equal('_id', id), changes };
}

/** Reads the trials of experiment 1 until there are so many. @returns their `_id`s, as often as they were added. */
async function shown(database: OpenDatabase, count: number): Promise<string[]> {
  const added: string[] = [];
  for await (const changes of new DocumentStorage(database).watchTrials(ref)) {
    for (const change of changes) if (change.kind === 'added') added.push(String(change.trial._id));
    if (added.length >= count) break;
  }
  return added.sort();
}

describe('a process that watches', () => {
  it('is shown what others write, lives while it waits, and ends by itself when its storage is closed', async () => {
    const path = freshDirectory();
    const database = await openFile({ path });
    await database.write([insertTrials(['a'])]);
    const watcher = new WorkerProcess('watch', path);
    await watcher.hasWritten(1);
    await database.write([insertTrials(['b'])]);
    await watcher.hasWritten(2);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await database.write([setStatus('a', 'broken')]);
    await watcher.hasWritten(3);
    await database.write([insertTrials(['close'])]);
    expect(await watcher.succeeds()).toEqual([
      '[["added","a","new"]]',
      '[["added","b","new"]]',
      '[["changed","a","broken"]]',
      '[["added","close","new"]]',
      'storage-closed',
    ]);
    await database.close();
  });

  it('and was stopped through many generations is shown what differs', async () => {
    const path = freshDirectory();
    const database = await openFile({ path, growth: 1000 });
    await database.write([insertTrials(['a', 'b', 'c'])]);
    const watcher = new WorkerProcess('watch', path);
    await watcher.hasWritten(1);
    watcher.kill('SIGSTOP');
    const before = journalIn(path);
    const others = Array.from({ length: 100 }, (_, i) => `t${i}`);
    for (const id of others) await database.write([insertTrials([id])]);
    await database.write([
      { kind: 'remove', collection: 'trials', where: oneOf('_id', ['a', 'b', ...others]) },
    ]);
    await database.write([insertTrials(['b'], { status: 'broken' }), insertTrials(['d'])]);
    expect(fs.existsSync(before)).toBe(false);
    watcher.kill('SIGCONT');
    await watcher.hasWritten(2);
    await database.write([insertTrials(['close'])]);
    expect((await watcher.succeeds()).slice(1)).toEqual([
      '[["changed","b","broken"],["added","d","new"],["removed","a",null]]',
      '[["added","close","new"]]',
      'storage-closed',
    ]);
    await database.close();
  });
});

describe('watching', () => {
  it('shows each trial that four processes write once, while they seal the journal again and again', async () => {
    const path = freshDirectory();
    const databases = [await openFile({ path }), await openFile({ path, growth: 5000 })];
    const writers = Array.from(
      { length: 4 },
      (_, i) => new WorkerProcess('write', path, `w${i}`, 150, 'relaxed', 5000),
    );
    const readers = databases.map((database) => shown(database, 600));
    const written = (await Promise.all(writers.map((writer) => writer.succeeds()))).flat().sort();
    for (const reader of readers) expect(await reader).toEqual(written);
    await Promise.all(databases.map((database) => database.close()));
  });

  it('tells of each write once, whoever gets in between: its own and those of three other processes', async () => {
    const path = freshDirectory();
    const database = await openFile({ path });
    const told: string[] = [];
    database.watch((touched) => told.push(...touched.flatMap(({ ids }) => ids.map(String))));
    const writers = Array.from({ length: 3 }, (_, i) => new WorkerProcess('write', path, `w${i}`, 2000));
    const written: string[] = [];
    const others = Promise.all(writers.map((writer) => writer.succeeds()));
    await Promise.all(writers.map((writer) => writer.hasWritten(1)));
    for (let i = 0; i < 2000; i += 1) {
      written.push(`own-${i}`);
      await database.write([insertTrials(written.slice(-1))]);
    }
    written.push(...(await others).flat());
    await expect.poll(() => told.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(written.length);
    expect(told.toSorted()).toEqual(written.toSorted());
    await database.close();
  });

  it('takes nothing of the platform before it begins, and leaves nothing when it ends', async () => {
    const watchers = () => process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length;
    // The platform lets go of one a moment after it was closed, as the test before did.
    await expect.poll(watchers).toBe(0);
    const database = await openFile({ path: freshDirectory() });
    await database.write([insertTrials(['a'])]);
    expect(watchers()).toBe(0);
    const ends = [database.watch(() => undefined), database.watch(() => undefined)];
    expect(watchers()).toBe(1);
    for (const end of ends) end();
    await expect.poll(watchers).toBe(0);
    database.watch(() => undefined);
    expect(watchers()).toBe(1);
    await database.close();
    await expect.poll(watchers).toBe(0);
  });

  it('begins with what is written from then on, though the store had not been looked at for long', async () => {
    const path = freshDirectory();
    const [database, other] = [await openFile({ path }), await openFile({ path })];
    await other.write([insertTrials(['a'])]);
    const told: unknown[] = [];
    database.watch((touched) => told.push(touched));
    await other.write([insertTrials(['b'])]);
    await expect.poll(() => told).toEqual([[{ collection: 'trials', ids: ['b'] }]]);
    await Promise.all([database.close(), other.close()]);
  });

  it('ends with the error of the store when that is damaged or removed', async () => {
    const endOf = async (database: OpenDatabase, harm: () => void): Promise<unknown> => {
      try {
        for await (const changes of new DocumentStorage(database).watchTrials(ref)) {
          expect(changes).toHaveLength(1);
          harm();
        }
        return 'no error';
      } catch (error) {
        return errorCode(error);
      } finally {
        await database.close();
      }
    };
    const [cut, removed] = [freshDirectory(), freshDirectory()];
    const [first, second] = [await openFile({ path: cut }), await openFile({ path: removed })];
    await first.write([insertTrials(['a'])]);
    await second.write([insertTrials(['a'])]);
    expect(await endOf(first, () => fs.truncateSync(journalIn(cut), 150))).toBe('corrupt-store');
    expect(await endOf(second, () => fs.rmSync(removed, { recursive: true }))).toBe('storage-unavailable');
  });
});

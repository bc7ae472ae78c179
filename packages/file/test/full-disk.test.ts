import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { errorCode, everything } from '@trialbase/core/adapter';
import { openFile } from '@trialbase/file';
import { afterEach, describe, expect, it } from 'vitest';
import { insertTrials } from './documents.js';
import { freshDirectory } from './store-directory.js';

const mounts: string[] = [];

afterEach(() => {
  for (const mount of mounts.splice(0)) spawnSync('umount', ['-l', mount]);
});

/** A directory on a file system of its own, of 64 KiB; `undefined` where this user may not mount one. */
function smallDisk(): string | undefined {
  const directory = freshDirectory();
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory]);
  if (status !== 0) return undefined;
  mounts.push(directory);
  return directory;
}

describe('a disk that is full', () => {
  it('cuts an append short: it is refused as a whole, the rest goes on, and all is well once there is room', async () => {
    const disk = smallDisk();
    // Without the right to mount, a limit on the size of files has to do, which cuts a write short in the same way.
    if (disk === undefined) return withFileSizeLimit();
    const store = path.join(disk, 'store');
    const database = await openFile({ path: store });
    await database.write([insertTrials(['a'])]);
    fs.writeFileSync(path.join(disk, 'ballast'), Buffer.alloc(48_000));
    const text = 'x'.repeat(30_000);
    const failures: unknown[] = [];
    for (let i = 0; i < 3; i += 1) {
      failures.push(
        await database.write([insertTrials([`big${i}`], { text })]).catch((error: unknown) => error),
      );
    }
    expect(failures.map(errorCode)).toEqual(['storage-full', 'storage-full', 'storage-full']);
    expect(String(failures[0])).toContain(store);
    expect(await database.count('trials', everything)).toBe(1);
    const reader = await openFile({ path: store }).catch((error: unknown) => error);
    fs.rmSync(path.join(disk, 'ballast'));
    await database.write([insertTrials(['big'], { text })]);
    const again = await openFile({ path: store });
    for (const each of [database, again]) {
      expect((await each.find('trials', everything)).map(({ _id }) => _id)).toEqual(['a', 'big']);
      await each.close();
    }
    if (reader instanceof Object && 'close' in reader) await (reader as typeof again).close();
  });

  it('keeps the journal from being sealed, so that small writes still find room', async () => {
    const disk = smallDisk() ?? freshDirectory();
    const store = path.join(disk, 'store');
    const database = await openFile({ path: store, growth: 20_000 });
    const text = 'x'.repeat(1000);
    let stored = 0;
    for (; stored < 200; stored += 1) {
      const failed = await database
        .write([insertTrials([`t${stored}`], { text })])
        .catch((error: unknown) => error);
      if (errorCode(failed) === 'storage-full') break;
    }
    expect(stored).toBeGreaterThan(20);
    expect(await database.count('trials', everything)).toBe(stored);
    await database.close();
    const again = await openFile({ path: store });
    expect(await again.count('trials', everything)).toBe(stored);
    await again.close();
  });
});

describe('a limit on the size of files', () => {
  it('refuses a write as a whole, and those before it stay', withFileSizeLimit);
});

async function withFileSizeLimit(): Promise<void> {
  const store = freshDirectory();
  const write = path.join(import.meta.dirname, 'workers', 'write.mjs');
  const script = `ulimit -f 16; exec "${process.execPath}" "${write}" "${store}" limited 1000`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  expect(stderr).toContain('storage-full');
  const acknowledged = stdout.trim().split('\n');
  expect(acknowledged.length).toBeGreaterThan(10);
  const database = await openFile({ path: store });
  await database.write([insertTrials(['next'])]);
  const stored = (await database.find('trials', everything)).map(({ _id }) => _id);
  expect(stored).toEqual([...acknowledged, 'next']);
  await database.close();
}

describe('a file system that is mounted read-only', () => {
  it('is refused with the path', async () => {
    const store = path.join(await readOnlyDirectory(), 'store');
    const error = await openFile({ path: store }).catch((reason: unknown) => reason);
    expect(errorCode(error)).toBe('storage-unavailable');
    expect(String(error)).toContain(store);
  });
});

/** Without the right to mount, a file system of the kernel's own has to do, in which nobody can create anything. */
async function readOnlyDirectory(): Promise<string> {
  const disk = smallDisk();
  if (disk === undefined) return '/proc/self';
  await (await openFile({ path: path.join(disk, 'store') })).close();
  const { status, stderr } = spawnSync('mount', ['-o', 'remount,ro', disk], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return disk;
}

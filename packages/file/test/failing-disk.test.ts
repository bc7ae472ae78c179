import fs from 'node:fs';
import path from 'node:path';
import { errorCode, everything, type OpenDatabase } from '@trialbase/core/adapter';
import { openFile } from '@trialbase/file';
import { describe, expect, it } from 'vitest';
import { failOnDisk, replaceOnDisk, restoreDisk } from './disk-double.js';
import { insertTrials } from './documents.js';
import { failureOf } from './failure-of.js';
import { freshDirectory } from './store-directory.js';

async function idsIn(database: OpenDatabase): Promise<unknown[]> {
  return (await database.find('trials', everything)).map(({ _id }) => _id);
}

/** Writes until the journal has been written anew. */
async function untilNextGeneration(database: OpenDatabase, store: string, name: string): Promise<void> {
  const before = fs.readdirSync(store).filter((file) => file.startsWith('journal-'));
  for (let i = 0; i < 200; i += 1) {
    await database.write([insertTrials([`${name}-${i}`], { text: 'x'.repeat(500) })]);
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (!before.every((file) => fs.existsSync(path.join(store, file)))) return;
  }
  throw new Error('The journal was not written anew');
}

describe('a sync that fails', () => {
  it.each(['EIO', 'ENOSPC'])('with %s does not say that nothing was stored, as it was', async (code) => {
    const store = freshDirectory();
    const database = await openFile({ path: store, durability: 'strict' });
    for (const name of ['fdatasync', 'fdatasyncSync'] as const) failOnDisk(name, code, { times: 1 });
    const failure = await failureOf(database.write([insertTrials(['a'])]));
    expect(errorCode(failure)).toBe('storage-unavailable');
    expect(String(failure)).toContain('may not survive a loss of power');
    expect(await idsIn(database)).toEqual(['a']);
    await database.close();
  });

  it.each([false, true])('makes all later strict writes fail, exclusive: %s', async (exclusive) => {
    const store = freshDirectory();
    const database = await openFile({ path: store, durability: 'strict', exclusive });
    for (const name of ['fdatasync', 'fdatasyncSync'] as const) failOnDisk(name, 'EIO', { times: 1 });
    await failureOf(database.write([insertTrials(['a'])]));
    restoreDisk();
    expect(errorCode(await failureOf(database.write([insertTrials(['b'])])))).toBe('storage-unavailable');
    await database.close();
    const again = await openFile({ path: store, durability: 'strict', exclusive });
    await again.write([insertTrials(['c'])]);
    expect(await idsIn(again)).toEqual(['a', 'b', 'c']);
    await again.close();
  });
});

describe('a directory that cannot be synced', () => {
  it('keeps strict writes from being acknowledged in a generation whose name may be lost', async () => {
    const store = freshDirectory();
    const [writer, other] = [
      await openFile({ path: store, durability: 'strict' }),
      await openFile({ path: store, growth: 2000 }),
    ];
    await untilNextGeneration(other, store, 'other');
    failOnDisk('fsyncSync', 'EIO');
    for (const id of ['a', 'b']) {
      expect(errorCode(await failureOf(writer.write([insertTrials([id])])))).toBe('storage-unavailable');
    }
    restoreDisk();
    await writer.write([insertTrials(['c'])]);
    const stored = await idsIn(other);
    expect(stored).toContain('c');
    expect(stored).not.toContain('a');
    await Promise.all([writer.close(), other.close()]);
  });
});

describe('a process that was stopped while it made a generation', () => {
  it('cannot make others write to it when it goes on late', async () => {
    const store = freshDirectory();
    const [late, others] = [await openFile({ path: store }), await openFile({ path: store, growth: 2000 })];
    const second = path.join(store, 'journal-2');
    const prepared = path.join(freshDirectory(), 'next');
    await untilNextGeneration(others, store, 'first');
    fs.copyFileSync(second, prepared); // What the stopped process has ready, too.
    await untilNextGeneration(others, store, 'second');
    expect(fs.existsSync(second)).toBe(false);
    // This one looks before the third generation is there, and opens the second when the stopped process has just given it its name.
    replaceOnDisk('readdirSync', (real) => (...args) => {
      restoreDisk();
      expect(real(...args)).toContain('journal-3');
      fs.linkSync(prepared, second);
      return ['journal-1', 'journal-2'];
    });
    await late.write([insertTrials(['mine'])]);
    expect(await idsIn(others)).toContain('mine');
    expect(await idsIn(late)).toEqual(await idsIn(others));
    await Promise.all([late.close(), others.close()]);
  });
});

describe('a journal that is sealed and removed while a process reads it', () => {
  it('is not taken for a store that was removed', async () => {
    const store = freshDirectory();
    const [reader, others] = [await openFile({ path: store }), await openFile({ path: store, growth: 2000 })];
    await others.write([insertTrials(['a'])]);
    const unsealed = fs.statSync(path.join(store, 'journal-1')).size;
    await untilNextGeneration(others, store, 'more');
    // The reader reads what was there before the seal, and is interrupted before it looks whether the file is in its place.
    replaceOnDisk('readSync', (real) => (...args) => {
      const [fd, buffer, offset, length, position] = args as [number, Buffer, number, number, number];
      return real(fd, buffer, offset, Math.min(length, Math.max(0, unsealed - position)), position);
    });
    let looks = 0;
    replaceOnDisk('fstatSync', (real) => (...args) => {
      looks += 1;
      if (looks === 2) restoreDisk();
      return real(...args);
    });
    expect(await idsIn(reader)).toEqual(await idsIn(others));
    expect(looks).toBe(2);
    await Promise.all([reader.close(), others.close()]);
  });
});

describe('a lock is not left taken', () => {
  const taken = 'the lock was taken';

  async function isFree(database: Awaited<ReturnType<typeof openFile>>): Promise<boolean> {
    const signal = AbortSignal.timeout(5000);
    return (await database.locks.request('a lock', { signal }, async () => taken)) === taken;
  }

  it.each([
    ['unlinkSync', (file: string) => file.includes('ticket-')],
    ['unlinkSync', (file: string) => file.includes('turn-')],
    ['readdirSync', () => true],
    ['openSync', (file: string) => file.includes('turn-') || file.includes('ticket-')],
    ['linkSync', () => true],
  ] as const)('when %s fails on the way to it (%#)', async (name, of) => {
    const store = freshDirectory();
    const holder = await openFile({ path: store, staleAfter: 60_000 });
    const waiter = await openFile({ path: store, staleAfter: 60_000 });
    for (let skip = 0; skip < 4; skip += 1) {
      let calls = 0;
      failOnDisk(name, 'EIO', {
        times: 1,
        of: (file) => typeof file === 'string' && of(file) && calls++ === skip,
      });
      await failureOf(holder.locks.request('a lock', {}, async () => undefined));
      restoreDisk();
      expect(await isFree(waiter)).toBe(true);
    }
    await Promise.all([holder.close(), waiter.close()]);
  });

  it('for ever when it cannot be given back, and what was done under it counts', async () => {
    const store = freshDirectory();
    const holder = await openFile({ path: store, staleAfter: 500 });
    const waiter = await openFile({ path: store, staleAfter: 500 });
    failOnDisk('ftruncateSync', 'EIO', { times: 1 });
    expect(await holder.locks.request('a lock', {}, async () => 'done')).toBe('done');
    restoreDisk();
    expect(await isFree(waiter)).toBe(true);
    await Promise.all([holder.close(), waiter.close()]);
  });
});

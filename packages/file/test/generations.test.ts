import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { equal, errorCode, everything } from '@trialbase/core/adapter';
import { openFile, salvage } from '@trialbase/file';
import { describe, expect, it } from 'vitest';
import { Generation } from '../src/generation.js';
import { insertTrials } from './documents.js';
import { freshDirectory, journalIn } from './store-directory.js';

const SMALL = 1000;

function ids(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `t${String(i).padStart(4, '0')}`);
}

/** A store whose journal was sealed by a process that then died: no next generation. */
async function sealedStore(): Promise<string> {
  const directory = freshDirectory();
  const database = await openFile({ path: directory, growth: SMALL });
  await database.write([insertTrials(['a', 'b'])]);
  const snapshot = fs.readFileSync(journalIn(directory));
  await database.write([insertTrials(ids(60))]);
  // The seal is in the file already, and the next generation still being written when the write is acknowledged.
  const sealed = fs.readFileSync(path.join(directory, 'journal-1'));
  expect(sealed.toString()).toMatch(/"seal":true\}\n$/);
  await database.close();
  const left = freshDirectory();
  fs.writeFileSync(path.join(left, 'journal-1'), sealed);
  expect(snapshot.length).toBeLessThan(sealed.length);
  return left;
}

async function idsIn(directory: string): Promise<unknown[]> {
  const database = await openFile({ path: directory });
  const found = await database.find('trials', everything);
  await database.close();
  return found.map(({ _id }) => _id);
}

describe('a journal that outgrows what it describes', () => {
  it('goes on in a new generation, and the old one goes', async () => {
    const directory = freshDirectory();
    const database = await openFile({ path: directory, growth: SMALL });
    await database.write([insertTrials(['t'])]);
    for (let n = 0; n < 500; n += 1) {
      const changes = [{ path: ['n'], value: n }];
      await database.write([{ kind: 'update', collection: 'trials', where: equal('_id', 't'), changes }]);
    }
    await database.close();
    expect(fs.readdirSync(directory)).toHaveLength(1);
    expect(Number(path.basename(journalIn(directory)).slice('journal-'.length))).toBeGreaterThan(20);
    expect(fs.statSync(journalIn(directory)).size).toBeLessThan(3 * SMALL);
    const again = await openFile({ path: directory });
    expect(await again.find('trials', everything)).toEqual([
      { _id: 't', id: 't', experiment: 1, status: 'new', n: 499 },
    ]);
    await again.close();
  });

  it('is followed by a connection that slept through many generations', async () => {
    const directory = freshDirectory();
    const sleeper = await openFile({ path: directory });
    const writer = await openFile({ path: directory, growth: SMALL });
    for (const id of ids(100)) await writer.write([insertTrials([id])]);
    expect(await sleeper.count('trials', everything)).toBe(100);
    await sleeper.write([insertTrials(['late'])]);
    expect(await writer.count('trials', everything)).toBe(101);
    await Promise.all([sleeper.close(), writer.close()]);
  });
});

describe('a generation that was removed just before it is opened', () => {
  it('is not there, and is not made anew', () => {
    const gone = path.join(freshDirectory(), 'journal-7');
    expect(Generation.open(gone, 7)).toBeUndefined();
    expect(fs.existsSync(gone)).toBe(false);
  });
});

describe('a process that dies while it seals the journal', () => {
  it('after the seal leaves a store that can be read, and that the next writer goes on with', async () => {
    const directory = await sealedStore();
    expect(await idsIn(directory)).toEqual(['a', 'b', ...ids(60)]);
    const database = await openFile({ path: directory });
    await database.write([insertTrials(['next'])]);
    await database.close();
    expect(fs.readdirSync(directory)).toEqual(['journal-2']);
    expect(await idsIn(directory)).toEqual(['a', 'b', 'next', ...ids(60)]);
  });

  it('while it writes the next generation leaves a file that is neither used nor kept', async () => {
    const directory = await sealedStore();
    fs.writeFileSync(path.join(directory, `next-2-${randomUUID()}`), 'half a snapsh');
    const database = await openFile({ path: directory });
    await database.write([insertTrials(['next'])]);
    await database.close();
    expect(fs.readdirSync(directory)).toEqual(['journal-2']);
    expect(await idsIn(directory)).toEqual(['a', 'b', 'next', ...ids(60)]);
  });

  it('before it removes the old generation leaves one that the next process removes', async () => {
    const directory = await sealedStore();
    const old = fs.readFileSync(path.join(directory, 'journal-1'));
    const database = await openFile({ path: directory });
    await database.write([insertTrials(['next'])]);
    await database.close();
    fs.writeFileSync(path.join(directory, 'journal-1'), old);
    expect(await idsIn(directory)).toEqual(['a', 'b', 'next', ...ids(60)]);
    expect(fs.readdirSync(directory)).toEqual(['journal-2']);
  });

  it('is followed by many writers at once, and one next generation', async () => {
    const directory = await sealedStore();
    const databases = await Promise.all(Array.from({ length: 5 }, () => openFile({ path: directory })));
    await Promise.all(databases.map((database, i) => database.write([insertTrials([`w${i}`])])));
    for (const database of databases) expect(await database.count('trials', everything)).toBe(67);
    for (const database of databases) await database.close();
    expect(fs.readdirSync(directory)).toEqual(['journal-2']);
  });
});

describe('a record after the seal', () => {
  it('does not count, whatever position it names', async () => {
    const directory = await sealedStore();
    const journal = path.join(directory, 'journal-1');
    const lines = fs.readFileSync(journal, 'utf8').split('\n');
    fs.appendFileSync(journal, `${lines[2]}\n`);
    expect(await idsIn(directory)).toEqual(['a', 'b', ...ids(60)]);
  });
});

describe('damage in a snapshot', () => {
  it('is told from a torn tail, and salvage saves the rest without touching the store', async () => {
    const directory = freshDirectory();
    const database = await openFile({ path: directory, growth: SMALL });
    await database.write([insertTrials(ids(300))]);
    await database.write([insertTrials(['last'])]);
    await database.close();
    const journal = journalIn(directory);
    const bytes = fs.readFileSync(journal);
    const at = bytes.indexOf('"t0100"');
    bytes.write('?', at);
    fs.writeFileSync(journal, bytes);
    const error = await openFile({ path: directory }).catch((reason: unknown) => reason);
    expect(errorCode(error)).toBe('corrupt-store');
    expect(String(error)).toContain(`'${journal}' is damaged at byte ${bytes.lastIndexOf('\n', at) + 1}`);

    const target = path.join(freshDirectory(), 'rescued');
    const salvaged = await salvage(directory, target);
    expect(salvaged).toMatchObject({ from: journal, documents: { trials: 301 - 64 }, lostEffects: 0 });
    expect(salvaged.unreadable).toEqual([bytes.lastIndexOf('\n', at) + 1]);
    const saved = await idsIn(target);
    expect(saved).toHaveLength(301 - 64);
    expect(saved).toContain('last');
    expect(fs.readFileSync(journal)).toEqual(bytes);
    expect(errorCode(await salvage(directory, target).catch((reason: unknown) => reason))).toBe(
      'invalid-configuration',
    );
  });
});

describe('a snapshot of large documents', () => {
  it('is written in lines of bounded length', async () => {
    const directory = freshDirectory();
    const database = await openFile({ path: directory, growth: SMALL });
    const large = new Uint8Array(300_000);
    for (const id of ids(20))
      await database.write([insertTrials([id], { large, more: new Map([[large, 'x'.repeat(100_000)]]) })]);
    await database.close();
    const lines = fs.readFileSync(journalIn(directory), 'latin1').split('\n');
    expect(path.basename(journalIn(directory))).not.toBe('journal-1');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(2_000_000);
    expect(await idsIn(directory)).toEqual(ids(20));
  });
});

describe('salvage of damaged records', () => {
  it('counts the changes whose document is lost', async () => {
    const directory = freshDirectory();
    const database = await openFile({ path: directory });
    await database.write([insertTrials(['a'])]);
    const start = fs.statSync(journalIn(directory)).size;
    await database.write([insertTrials(['lost'])]);
    const changes = [{ path: ['n'], value: 1 }];
    for (const _id of ['a', 'lost'])
      await database.write([{ kind: 'update', collection: 'trials', where: equal('_id', _id), changes }]);
    await database.close();
    const bytes = fs.readFileSync(journalIn(directory));
    bytes.write('?', start + 20);
    fs.writeFileSync(journalIn(directory), bytes);
    const target = freshDirectory();
    expect(await salvage(directory, target)).toMatchObject({ unreadable: [start], lostEffects: 1 });
    expect(await idsIn(target)).toEqual(['a']);
  });

  it('takes what follows the damage, and not what had lost a race against the damaged record', async () => {
    const directory = freshDirectory();
    const [first, second] = [await openFile({ path: directory }), await openFile({ path: directory })];
    await first.write([insertTrials(['a'])]);
    const before = fs.readFileSync(journalIn(directory));
    await first.write([insertTrials(['damaged'])]);
    const after = fs.readFileSync(journalIn(directory));
    // A rival that had decided before `damaged` was there, and appended after it.
    const loser = freshDirectory();
    fs.writeFileSync(path.join(loser, 'journal-1'), before);
    const rival = await openFile({ path: loser });
    await rival.write([insertTrials(['loser'])]);
    await rival.close();
    fs.appendFileSync(journalIn(directory), fs.readFileSync(journalIn(loser)).subarray(before.length));
    await second.write([insertTrials(['b'])]);
    expect((await first.find('trials', everything)).map(({ _id }) => _id)).toEqual(['a', 'b', 'damaged']);
    await Promise.all([first.close(), second.close()]);
    const bytes = fs.readFileSync(journalIn(directory));
    bytes.write('?', before.length + 20);
    fs.writeFileSync(journalIn(directory), bytes);
    expect(after.length).toBeLessThan(bytes.length);
    expect(errorCode(await openFile({ path: directory }).catch((reason: unknown) => reason))).toBe(
      'corrupt-store',
    );
    const target = freshDirectory();
    expect((await salvage(directory, target)).unreadable).toEqual([before.length]);
    expect(await idsIn(target)).toEqual(['a', 'b']);
  });
});

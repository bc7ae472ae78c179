import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type Document, equal, errorCode, everything, type OpenDatabase } from '@trialbase/core/adapter';
import { openFile, salvage } from '@trialbase/file';
import { describe, expect, it } from 'vitest';
import { Generation } from '../src/generation.js';
import { headerLine } from '../src/header.js';
import { lineOf } from '../src/record.js';
import { replaceOnDisk, restoreDisk } from './disk-double.js';
import { insertTrials } from './documents.js';
import { freshDirectory, journalIn } from './store-directory.js';

const SMALL = 1000;
/** Of a journal that is outgrown by a few writes with {@link BALLAST}. */
const LARGE = 60_000;
const BALLAST = 'x'.repeat(10_000);

function trialOf(id: string, fields: object = {}): Document {
  return insertTrials([id], fields).documents[0] as Document;
}

function ids(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `t${String(i).padStart(4, '0')}`);
}

/** A store whose journal was sealed by a process that then died: no next generation. */
async function sealedStore(): Promise<string> {
  const directory = freshDirectory();
  const database = await openFile({ path: directory });
  await database.write([insertTrials(['a', 'b'])]);
  await database.write([insertTrials(ids(60))]);
  await database.close();
  const journal = journalIn(directory);
  fs.appendFileSync(journal, lineOf({ at: fs.statSync(journal).size, by: 'dead', seal: true }));
  return directory;
}

async function idsIn(directory: string): Promise<unknown[]> {
  const database = await openFile({ path: directory });
  const found = await database.find('trials', everything);
  await database.close();
  return found.map(({ _id }) => _id);
}

describe('a journal that outgrows what it describes', () => {
  it.each([
    ['while writes go on', 1_000, 7],
    ['while writes wait, where that is soon done', 10_000, 2],
  ])('is written anew %s, and the old one goes', async (_, growth, most) => {
    const directory = freshDirectory();
    const database = await openFile({ path: directory, growth });
    await database.write([insertTrials(['t'])]);
    for (let n = 0; n < growth / 2; n += 1) {
      const changes = [{ path: ['n'], value: n }];
      await database.write([{ kind: 'update', collection: 'trials', where: equal('_id', 't'), changes }]);
    }
    await database.close();
    expect(fs.readdirSync(directory)).toHaveLength(1);
    expect(Number(path.basename(journalIn(directory)).slice('journal-'.length))).toBeGreaterThan(10);
    expect(fs.statSync(journalIn(directory)).size).toBeLessThan(most * growth);
    const again = await openFile({ path: directory });
    expect(await again.find('trials', everything)).toEqual([
      { _id: 't', id: 't', experiment: 1, status: 'new', n: growth / 2 - 1 },
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

describe('a journal that is being written anew', () => {
  /** With more documents than go into one line. */
  async function busyStore(): Promise<{ directory: string; database: OpenDatabase }> {
    const directory = freshDirectory();
    const database = await openFile({ path: directory, growth: LARGE });
    await database.write([insertTrials(ids(2_000))]);
    return { directory, database };
  }

  const isBeingWritten = (directory: string): boolean =>
    fs.readdirSync(directory).some((name) => name.startsWith('next-'));

  it('takes what is inserted, changed and removed meanwhile', async () => {
    const { directory, database } = await busyStore();
    const other = await openFile({ path: directory, growth: Number.POSITIVE_INFINITY });
    const expected = new Map<string, object>(ids(2_000).map((id) => [id, trialOf(id)]));
    for (let n = 0; !isBeingWritten(directory); n += 1) {
      expected.set(`early${n}`, trialOf(`early${n}`, { text: BALLAST }));
      await database.write([insertTrials([`early${n}`], { text: BALLAST })]);
    }
    let meanwhile = 0;
    for (const id of ids(2_000)) {
      if (isBeingWritten(directory)) meanwhile += 1;
      const [writer, where] = [meanwhile % 2 ? database : other, equal('_id', id)];
      const [kind] = ['change', 'remove', 'replace'].slice(meanwhile % 3);
      if (kind === 'change') {
        const changes = [{ path: ['n'], value: meanwhile }];
        await writer.write([{ kind: 'update', collection: 'trials', where, changes }]);
        expected.set(id, trialOf(id, { n: meanwhile }));
      } else {
        await writer.write([{ kind: 'remove', collection: 'trials', where }]);
        expected.delete(id);
      }
      if (kind === 'replace') {
        // The same unique key under another `_id`, before and behind those that are still to be written.
        const fresh = { ...trialOf(id), _id: meanwhile % 2 ? `a-${id}` : `z-${id}` };
        await writer.write([
          { kind: 'insert', collection: 'trials', documents: [fresh], onDuplicate: 'refuse' },
        ]);
        expected.set(fresh._id, fresh);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(meanwhile).toBeGreaterThan(20);
    await Promise.all([database.close(), other.close()]);
    expect(path.basename(journalIn(directory))).not.toBe('journal-1');
    const again = await openFile({ path: directory });
    const stored = await again.find('trials', everything);
    expect(new Map(stored.map((document) => [document['_id'], document]))).toEqual(expected);
    await again.close();
  });

  it('lets writes wait for it where they are too quick for it', async () => {
    const { directory, database } = await busyStore();
    let longest = 0;
    for (let n = 0; n < 400; n += 1) {
      const changes = [{ path: ['text'], value: `${n}${BALLAST}` }];
      await database.write([{ kind: 'update', collection: 'trials', where: equal('_id', 't0000'), changes }]);
      const sizes = fs
        .readdirSync(directory)
        .filter((name) => name.startsWith('journal-'))
        .map((name) => fs.statSync(path.join(directory, name)).size);
      longest = Math.max(longest, ...sizes);
    }
    expect(longest).toBeLessThan(15 * LARGE); // Four million bytes are written.
    await database.close();
    expect(Number(path.basename(journalIn(directory)).slice('journal-'.length))).toBeGreaterThan(2);
  });

  it('goes on by itself where who wrote it was killed', async () => {
    const { directory, database } = await busyStore();
    fs.writeFileSync(path.join(directory, `next-2-${randomUUID()}`), 'half a snapsh');
    for (const id of ids(40)) await database.write([insertTrials([`more${id}`], { text: BALLAST })]);
    await database.close();
    expect(fs.readdirSync(directory)).toEqual([path.basename(journalIn(directory))]);
    expect(path.basename(journalIn(directory))).not.toBe('journal-1');
    expect(await idsIn(directory)).toHaveLength(2_040);
  });

  it('goes on as it is where the disk fails, and is written anew later', async () => {
    const { directory, database } = await busyStore();
    let failures = 0;
    replaceOnDisk('writeSync', (real) => (...args) => {
      const [, , , length, position] = args;
      // Only the drafts of generations are written to at a position.
      if (position === undefined || Number(length) < 128) return real(...args);
      failures += 1;
      throw Object.assign(new Error('ENOSPC: made to fail'), { code: 'ENOSPC' });
    });
    for (const id of ids(40)) await database.write([insertTrials([`more${id}`], { text: BALLAST })]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(failures).toBeGreaterThan(0);
    expect(failures).toBeLessThan(10);
    expect(await database.count('trials', everything)).toBe(2_040);
    expect(fs.readdirSync(directory)).toEqual(['journal-1']);
    restoreDisk();
    for (const id of ids(200)) await database.write([insertTrials([`later${id}`], { text: BALLAST })]);
    await database.close();
    expect(Number(path.basename(journalIn(directory)).slice('journal-'.length))).toBeGreaterThan(1);
    expect(await idsIn(directory)).toHaveLength(2_240);
  });
});

describe('a journal with the highest number', () => {
  it('is read, and goes on as it is; sealed, it takes no write', async () => {
    const directory = freshDirectory();
    const number = 999_999_999_999_999;
    const journal = path.join(directory, `journal-${number}`);
    fs.writeFileSync(journal, headerLine(number, 128));
    const database = await openFile({ path: directory, growth: SMALL });
    for (const id of ids(60)) await database.write([insertTrials([id])]);
    fs.appendFileSync(journal, lineOf({ at: fs.statSync(journal).size, by: 'x', seal: true }));
    const failure = await database.write([insertTrials(['more'])]).catch((error: unknown) => error);
    expect(errorCode(failure)).toBe('storage-unavailable');
    expect(String(failure)).toContain('highest number');
    expect(await database.count('trials', everything)).toBe(60);
    await database.close();
    expect(await idsIn(directory)).toEqual(ids(60));
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

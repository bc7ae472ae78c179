import fs from 'node:fs';
import { errorCode, everything } from '@trialbase/core/adapter';
import { inspect, openFile } from '@trialbase/file';
import { describe, expect, it } from 'vitest';
import { insertTrials } from './documents.js';
import { failureOf } from './failure-of.js';
import { freshDirectory, journalIn } from './store-directory.js';

const MEGABYTE = 2 ** 20;

describe('a write that is too large for a line of the journal', { timeout: 60_000 }, () => {
  it.each([
    ['in bytes, though its text is one that a string can hold', 'ü', 260],
    ['as text', 'x', 530],
  ])('%s is refused before anything changes', async (_, character, count) => {
    const directory = freshDirectory();
    const database = await openFile({ path: directory });
    await database.write([insertTrials(['a'])]);
    const before = fs.readFileSync(journalIn(directory));
    const large = Array.from({ length: count }, () => character.repeat(MEGABYTE));
    const error = await failureOf(database.write([insertTrials(['b', 'c']), insertTrials(['d'], { large })]));
    expect(errorCode(error), String(error)).toBe('invalid-document');
    expect(String(error)).toMatch(/fewer documents|smaller parts/);
    expect(fs.readFileSync(journalIn(directory)).equals(before)).toBe(true);
    expect(await database.count('trials', everything)).toBe(1);
    await database.write([insertTrials(['b'])]);
    await database.close();
    const reopened = await openFile({ path: directory });
    expect(await reopened.count('trials', everything)).toBe(2);
    await reopened.close();
  });
});

describe('a document that several writes have made larger than a line', () => {
  it('is written anew in parts, and read back the same, its fields in their order', async () => {
    const directory = freshDirectory();
    const open = () => openFile({ path: directory, growth: 0 });
    const database = await open();
    await database.write([insertTrials(['t'], { a: null, b: 'small', c: null, d: null })]);
    for (const field of ['d', 'a', 'c']) {
      const changes = [{ path: [field], value: field.repeat(1.5 * MEGABYTE) }];
      await database.write([{ kind: 'update', collection: 'trials', where: everything, changes }]);
    }
    const [expected] = await database.find('trials', everything);
    await database.close();
    const reopened = await open();
    const lines = fs.readFileSync(journalIn(directory), 'utf8').split('\n');
    expect(lines.length).toBeGreaterThan(4);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(2 * MEGABYTE);
    expect(JSON.stringify(await reopened.find('trials', everything))).toBe(JSON.stringify([expected]));
    await reopened.close();
  });
});

describe('a line that is longer than any that is written', { timeout: 60_000 }, () => {
  it.each([
    ['at the end', ''],
    ['with others behind it', '\nmore\n'],
  ])('%s is told as damage, with no more memory than a line can take', async (_, rest) => {
    const directory = freshDirectory();
    const database = await openFile({ path: directory });
    await database.write([insertTrials(['a'])]);
    await database.close();
    const journal = journalIn(directory);
    const { size } = fs.statSync(journal);
    fs.truncateSync(journal, size + 600 * MEGABYTE); // It takes no room on the disk.
    fs.appendFileSync(journal, rest);
    const error = await failureOf(openFile({ path: directory }));
    expect(errorCode(error), String(error)).toBe('corrupt-store');
    expect(String(error)).toContain(`byte ${size}`);
    expect(await inspect(directory)).toMatchObject({
      records: 1,
      unreadable: rest ? [size, size + 600 * MEGABYTE + 1] : [size],
    });
  });
});

import fs from 'node:fs';
import path from 'node:path';
import { equal, errorCode, everything } from '@trialbase/core/adapter';
import { openFile } from '@trialbase/file';
import { describe, expect, it } from 'vitest';
import { insertTrials } from './documents.js';
import { freshDirectory, journalIn } from './store-directory.js';

/** A store with one record for each id, as bytes, with the positions at which its lines end. */
async function journalOf(ids: readonly string[]): Promise<{ bytes: Buffer; ends: number[] }> {
  const directory = freshDirectory();
  const database = await openFile({ path: directory });
  for (const id of ids) await database.write([insertTrials([id], { note: 'ü'.repeat(3) })]);
  await database.close();
  const bytes = fs.readFileSync(journalIn(directory));
  const ends = [...bytes.keys()].filter((i) => bytes[i] === 0x0a).map((i) => i + 1);
  return { bytes, ends };
}

function storeOf(bytes: Buffer): string {
  const directory = freshDirectory();
  fs.writeFileSync(path.join(directory, 'journal-1'), bytes);
  return directory;
}

async function idsIn(directory: string, add?: string): Promise<unknown[]> {
  const database = await openFile({ path: directory });
  if (add) await database.write([insertTrials([add])]);
  const found = await database.find('trials', everything);
  await database.close();
  return found.map(({ _id }) => _id);
}

const IDS = ['a', 'b', 'c', 'd'];

describe('a journal cut anywhere in its last records', () => {
  it('opens with the whole records before the cut, and takes the next append', async () => {
    const { bytes, ends } = await journalOf(IDS);
    for (let cut = ends[1] as number; cut <= bytes.length; cut += 1) {
      const whole = ends.filter((end) => end <= cut).length - 1; // The first line is the header.
      const directory = storeOf(bytes.subarray(0, cut));
      expect(await idsIn(directory), `cut at ${cut}`).toEqual(IDS.slice(0, whole));
      expect(await idsIn(directory, 'next'), `append after ${cut}`).toEqual([...IDS.slice(0, whole), 'next']);
      expect(await idsIn(directory), `opened again after ${cut}`).toEqual([...IDS.slice(0, whole), 'next']);
    }
  });
});

describe('a journal with any byte of its last record flipped', () => {
  it('opens without that record, and takes the next append', async () => {
    const { bytes, ends } = await journalOf(IDS);
    for (let at = ends.at(-2) as number; at < bytes.length; at += 1) {
      for (const mask of [0x01, 0xff]) {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(flipped.readUInt8(at) ^ mask, at);
        const directory = storeOf(flipped);
        expect(await idsIn(directory, 'next'), `byte ${at} ^ ${mask}`).toEqual(['a', 'b', 'c', 'next']);
      }
    }
  });
});

describe('a journal with any byte of an earlier record flipped', () => {
  // The last but one is the hardest to tell: without its line break it is one torn line with the last.
  it.each([1, 2])(
    'is refused as corrupt, by file and offset, and stays as it is: record %i',
    async (which) => {
      const { bytes, ends } = await journalOf(IDS);
      const [start, stop] = [ends[which] as number, ends[which + 1] as number];
      for (let at = start; at < stop; at += 1) {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(flipped.readUInt8(at) ^ 0x10, at);
        const directory = storeOf(flipped);
        const opening = openFile({ path: directory }).catch((error: unknown) => error);
        const error = await opening;
        expect(errorCode(error), `byte ${at}`).toBe('corrupt-store');
        expect(String(error)).toContain(`'${journalIn(directory)}' is damaged at byte ${start}`);
        expect(fs.readFileSync(journalIn(directory))).toEqual(flipped);
      }
    },
  );
});

describe('an unended line', () => {
  it('never counts once the next writer has marked it, not even where only its line break was missing', async () => {
    const { bytes, ends } = await journalOf(IDS);
    const directory = storeOf(bytes.subarray(0, bytes.length - 1));
    const database = await openFile({ path: directory });
    expect(await database.count('trials', everything)).toBe(3);
    await database.write([insertTrials(['next'])]);
    expect(await database.count('trials', equal('_id', 'd'))).toBe(0);
    await database.close();
    expect(fs.readFileSync(journalIn(directory)).subarray(ends.at(-2)).toString()).toMatch(
      /^[^\n]+!\n[^\n]+"next"[^\n]+\n$/,
    );
  });

  it('that another process is still writing counts when it is whole, for readers that saw a part of it', async () => {
    const { bytes, ends } = await journalOf(IDS);
    const half = (ends.at(-2) as number) + 40;
    const directory = storeOf(bytes.subarray(0, half));
    const database = await openFile({ path: directory });
    expect(await database.count('trials', everything)).toBe(3);
    fs.appendFileSync(journalIn(directory), bytes.subarray(half));
    expect(await database.count('trials', everything)).toBe(4);
    await database.close();
  });

  it('that is completed after others counted does not count, for old and new readers alike', async () => {
    const { bytes, ends } = await journalOf(IDS);
    const directory = storeOf(bytes.subarray(0, ends.at(-2)));
    const database = await openFile({ path: directory });
    await database.write([insertTrials(['other'])]);
    fs.appendFileSync(journalIn(directory), bytes.subarray(ends.at(-2)));
    expect(await database.count('trials', everything)).toBe(4);
    await database.write([insertTrials(['next'])]);
    expect((await database.find('trials', everything)).map(({ _id }) => _id)).toEqual([
      'a',
      'b',
      'c',
      'next',
      'other',
    ]);
    await database.close();
    expect(await idsIn(directory)).toEqual(['a', 'b', 'c', 'next', 'other']);
  });

  it('of many megabytes is skipped like any other', async () => {
    const { bytes } = await journalOf(IDS);
    const directory = storeOf(Buffer.concat([bytes, Buffer.alloc(5_000_000, 'x')]));
    expect(await idsIn(directory, 'next')).toEqual([...IDS, 'next']);
    expect(await idsIn(directory)).toEqual([...IDS, 'next']);
  });
});

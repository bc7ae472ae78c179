import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collections, encode, everything, type OpenDatabase, type Step } from '@trialbase/core/adapter';
import { openFile } from '@trialbase/file';
import type { Random } from '../workload/random.js';

/** A journal, with what was in the store after each write that was acknowledged. */
export interface StoreHistory {
  readonly bytes: Buffer;
  /** Where each write ended, from the beginning of the file; the first is the end of what was there before any. */
  readonly ends: readonly number[];
  readonly contents: readonly string[];
}

/** Writes of all kinds, in a store of one generation. */
export async function makeHistory(random: Random, writes: number): Promise<StoreHistory> {
  const path = mkdtempSync(join(tmpdir(), 'trialbase-fuzz-'));
  const journal = join(path, 'journal-1');
  const database = await openFile({ path });
  const ends = [readFileSync(journal).length];
  const contents = [await contentOf(database)];
  for (let n = 0; n < writes; n += 1) {
    await database.write([stepOf(random, n)]);
    const { length } = readFileSync(journal);
    if (length === ends.at(-1)) continue; // It met no document.
    ends.push(length);
    contents.push(await contentOf(database));
  }
  await database.close();
  const bytes = readFileSync(journal);
  rmSync(path, { recursive: true });
  return { bytes, ends, contents };
}

/** All that is in a store, as one text. */
export async function contentOf(database: OpenDatabase): Promise<string> {
  const all = [];
  for (const collection of collections) all.push(await database.find(collection, everything));
  return encode(all);
}

function stepOf(random: Random, n: number): Step {
  const where = {
    kind: 'compare',
    path: ['_id'],
    operator: 'equal',
    operand: `t${random.integer(0, n)}`,
  } as const;
  if (n > 2 && random.chance(0.15)) return { kind: 'remove', collection: 'trials', where };
  if (n > 0 && random.chance(0.5)) {
    const value = random.pick<unknown>([
      new Date(n),
      'ü\ud800',
      { a: [n, Number.NaN] },
      new Map([[n, 1]]),
      Uint8Array.of(n),
    ]);
    return {
      kind: 'update',
      collection: 'trials',
      where: everything,
      changes: [{ path: ['worker'], value }],
    };
  }
  const ids = random.chance(0.3) ? [`t${n}`, `t${n}b`] : [`t${n}`];
  const documents = ids.map((_id) => ({
    _id,
    id: _id,
    experiment: 1,
    status: 'new',
    note: 'x'.repeat(random.integer(0, 40)),
  }));
  return { kind: 'insert', collection: 'trials', documents, onDuplicate: 'refuse' };
}

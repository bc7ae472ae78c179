import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ErrorCode, errorCode, type InsertStep } from '@trialbase/core/adapter';
import { openFile, salvage } from '@trialbase/file';
import * as fc from 'fast-check';
import { allowedAfter, damage } from '../journal/damage.js';
import { hostileTexts } from '../journal/hostile-line.js';
import { contentOf, makeHistory, type StoreHistory } from '../journal/store-history.js';
import { Random } from '../workload/random.js';
import type { Budget, Tally } from './tally.js';

const DAMAGES_OF_EACH = 30;
const HOSTILE_LINES_OF_EACH = 15;

/** What a store that is no longer whole may be refused as. */
const refusals: ReadonlySet<ErrorCode | undefined> = new Set(['corrupt-store', 'unsupported-version']);

/** Journals as they were written, with their bytes damaged, or with lines that nobody has written. */
export async function fuzzJournal(budget: Budget, tally: Tally): Promise<void> {
  for (let seed = budget.seed; tally.goesOn(budget); seed += 1) {
    const random = new Random(seed);
    const history = await makeHistory(random, 12);
    for (let n = 0; n < DAMAGES_OF_EACH && tally.goesOn(budget); n += 1) {
      const { what, bytes } = damage(random, history);
      await tryOut(bytes, what, allowedAfter(history, bytes), tally, `seed ${seed}, ${what} ${n}`);
    }
    for (const makeLine of fc.sample(hostileTexts, { seed, numRuns: HOSTILE_LINES_OF_EACH })) {
      const line = makeLine(history.bytes.length);
      await tryOut(
        Buffer.concat([history.bytes, line]),
        'hostile line',
        undefined,
        tally,
        `seed ${seed}: ${line.toString('latin1')}`,
      );
    }
    await everyCut(history, budget, tally, seed);
  }
}

/** A cut leaves what was written whole before it, no more and no less. */
async function everyCut(history: StoreHistory, budget: Budget, tally: Tally, seed: number): Promise<void> {
  const { bytes, ends, contents } = history;
  const from = (ends.at(-3) ?? 128) + 1;
  for (let at = from; at < bytes.length && tally.goesOn(budget); at += 1) {
    const whole = contents[ends.filter((end) => end <= at).length - 1] ?? '';
    await tryOut(
      bytes.subarray(0, at),
      'cut in the last two writes',
      [whole],
      tally,
      `seed ${seed}, cut at ${at}`,
      true,
    );
  }
}

/** @param allowed what may be in the store; `undefined` where anything may. */
async function tryOut(
  bytes: Buffer,
  what: string,
  allowed: readonly string[] | undefined,
  tally: Tally,
  which: string,
  mustOpen = false,
): Promise<void> {
  tally.count('cases');
  const path = mkdtempSync(join(tmpdir(), 'trialbase-fuzz-'));
  const journal = join(path, 'journal-1');
  writeFileSync(journal, bytes);
  try {
    const database = await openFile({ path });
    const content = await contentOf(database);
    if (allowed && !allowed.includes(content)) tally.fault(`${which}: opened with what it should not hold`);
    await database.write([another]);
    await database.close();
    const again = await openFile({ path });
    if (!(await contentOf(again)).includes('"another"')) tally.fault(`${which}: a later write is lost`);
    await again.close();
    tally.count(`opened: ${what}`);
  } catch (error) {
    tally.count(`refused: ${what}`);
    const isTyped = refusals.has(errorCode(error)) && /journal-1.* byte \d+/.test(String(error));
    if (!isTyped || mustOpen) tally.fault(`${which}: ${String(error)}`);
    if (!readFileSync(journal).equals(bytes)) tally.fault(`${which}: the refused file was changed`);
    await salvaged(path, which, tally);
  } finally {
    rmSync(path, { recursive: true });
  }
  if (Object.keys(Object.prototype).length > 0)
    tally.fault(`${which}: the prototype of all objects was changed`);
}

const another: InsertStep = {
  kind: 'insert',
  collection: 'benchmarks',
  documents: [{ _id: 'another', name: 'another' }],
  onDuplicate: 'skip',
};

/** What is refused can be salvaged, whatever is left of it. */
async function salvaged(path: string, which: string, tally: Tally): Promise<void> {
  try {
    await salvage(path, join(path, 'rescued'));
    tally.count('salvaged');
  } catch (error) {
    tally.fault(`${which}: not salvaged: ${String(error)}`);
  }
}

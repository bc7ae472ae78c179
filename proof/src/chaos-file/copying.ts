import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from '../history/call.js';
import { monotonicNow } from './clock.js';
import { look } from './recorded-look.js';

/**
 * Copies the journal of a store while workers write to it, as the README of the store says, and opens the copy. Whatever is read from
 * that was in the store at one moment of the copying, so the reads belong to the history, as if they had lasted as long as that.
 */
export async function copyAndLook(store: string, directory: string, name: string): Promise<Call[]> {
  const copy = join(directory, name);
  const { start, end } = await copyJournal(store, copy);
  const calls = await look(copy, name);
  rmSync(copy, { recursive: true });
  return calls.map((call) => Object.assign(call, { start, end }));
}

/** A file that is replaced meanwhile is gone when its turn comes: then all is copied again. */
async function copyJournal(
  store: string,
  copy: string,
): Promise<{ readonly start: number; readonly end: number }> {
  for (;;) {
    mkdirSync(copy);
    const start = monotonicNow();
    try {
      for (const file of readdirSync(store).filter((each) => each.startsWith('journal-')))
        copyFileSync(join(store, file), join(copy, file));
      return { start, end: monotonicNow() };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
    rmSync(copy, { recursive: true });
    await sleep(10);
  }
}

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A fresh empty directory, which goes when the test ends. */
export function freshDirectory(): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'trialbase-file-'));
  onTestFinished(() => fs.rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The path of the one journal in a store. */
export function journalIn(directory: string): string {
  const names = fs.readdirSync(directory).filter((name) => name.startsWith('journal-'));
  if (names.length !== 1) throw new Error(`One journal expected, found ${names.join(', ') || 'none'}`);
  return path.join(directory, names[0] as string);
}

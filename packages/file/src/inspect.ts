import fs from 'node:fs';
import { resolve } from 'node:path';
import { StorageUnavailableError } from '@trialbase/core/adapter';
import { onDisk } from './file-system.js';
import { Generations } from './generations.js';
import { HEADER_LENGTH } from './header.js';
import { readLines } from './line-reader.js';
import { readRecord } from './record.js';

/** What {@link inspect} found. */
export interface Inspected {
  /** The file of the journal that was read. */
  readonly file: string;
  /** How many lines check out. */
  readonly records: number;
  /** The lines that do not, by their first byte: damaged, or torn by a process that was killed. Opening the store tells which. */
  readonly unreadable: readonly number[];
}

/**
 * Reads every line of the journal in `path` and checks it by itself. Nothing is changed.
 *
 * @throws StorageUnavailableError if there is no journal, or it cannot be read.
 */
export async function inspect(path: string): Promise<Inspected> {
  const generations = new Generations(resolve(path));
  const number = generations.current();
  if (number === 0) throw new StorageUnavailableError(`There is no store in '${path}': check the path`);
  const file = generations.path(number);
  const unreadable: number[] = [];
  let records = 0;
  readRecords(file, (record, start) => {
    if (record) records += 1;
    else unreadable.push(start);
  });
  return { file, records, unreadable };
}

/** Calls `take` for each whole line of a journal, with `undefined` for one that does not check out. */
export function readRecords(
  file: string,
  take: (record: ReturnType<typeof readRecord>, start: number, end: number) => void,
): void {
  onDisk('read', file, () => {
    const fd = fs.openSync(file, 'r');
    try {
      readLines(fd, HEADER_LENGTH, (line, start, end) => take(line && readIfPossible(line), start, end));
    } finally {
      fs.closeSync(fd);
    }
  });
}

function readIfPossible(line: Buffer): ReturnType<typeof readRecord> {
  try {
    return readRecord(line);
  } catch {
    return undefined; // Reported as a line that cannot be read.
  }
}

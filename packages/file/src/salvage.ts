import { resolve } from 'node:path';
import {
  type Collection,
  collections,
  InvalidConfigurationError,
  StorageUnavailableError,
  schema,
  Tables,
} from '@trialbase/core/adapter';
import { Generations } from './generations.js';
import { HEADER_LENGTH } from './header.js';
import { readRecords } from './inspect.js';
import type { JournalRecord } from './record.js';

/** What {@link salvage} found. */
export interface Salvaged {
  /** The file that was read. */
  readonly from: string;
  /** How many documents each collection has now. */
  readonly documents: Readonly<Record<Collection, number>>;
  /** The lines that did not check out, by their first byte: damaged, or torn by a process that was killed. */
  readonly unreadable: readonly number[];
  /** How many effects could not be repeated, because what they build on is lost. */
  readonly lostEffects: number;
}

/**
 * Reads everything that still checks out from the store in `path`, damaged as it may be, and makes a new store of it in
 * `target`. The damaged store is only read: nothing in it is changed or removed.
 *
 * @param target a directory that is empty or does not exist.
 * @throws InvalidConfigurationError if there is a store in `target`.
 * @throws StorageUnavailableError if there is no journal in `path`, or one of the two cannot be reached.
 */
export async function salvage(path: string, target: string): Promise<Salvaged> {
  const [source, rescued] = [new Generations(resolve(path)), new Generations(resolve(target))];
  const number = source.current();
  if (number === 0)
    throw new StorageUnavailableError(`There is no journal in '${source.directory}' to salvage`);
  if (rescued.current() > 0) {
    throw new InvalidConfigurationError(
      `'${rescued.directory}' is a store already: salvage into an empty directory`,
    );
  }
  const from = source.path(number);
  const { records, unreadable } = readAll(from);
  const { tables, lostEffects } = repeat(records);
  await rescued.createFirst(tables);
  const documents = Object.fromEntries(collections.map((name) => [name, [...tables.documents(name)].length]));
  return { from, documents: documents as Record<Collection, number>, unreadable, lostEffects };
}

interface Found {
  readonly record: JournalRecord;
  readonly end: number;
}

function readAll(path: string): { records: readonly JournalRecord[]; unreadable: readonly number[] } {
  const chain = new Chain();
  const unreadable: number[] = [];
  readRecords(path, (record, start, end) => {
    if (record) chain.add({ record, end });
    else unreadable.push(start);
  });
  return { records: chain.records, unreadable };
}

/**
 * The records that count, where some are lost. A position that a record names is always the end of one that counts. So a record
 * that names the end of none that is known tells of a lost one that ended there, and that those behind it which were taken
 * for counting had lost against it.
 */
class Chain {
  readonly #found: Found[] = [];
  readonly #ends = new Set<number>([HEADER_LENGTH]);

  add(found: Found): void {
    const { at } = found.record;
    const isLate = this.#ends.has(at) && at !== this.#end;
    if (isLate) return;
    while (this.#end > at) this.#ends.delete(this.#found.pop()?.end ?? 0);
    this.#found.push(found);
    this.#ends.add(found.end);
  }

  get #end(): number {
    return this.#found.at(-1)?.end ?? HEADER_LENGTH;
  }

  get records(): readonly JournalRecord[] {
    return this.#found.map(({ record }) => record);
  }
}

function repeat(records: readonly JournalRecord[]): { tables: Tables; lostEffects: number } {
  const tables = new Tables(schema);
  let lostEffects = 0;
  for (const effect of records.flatMap(({ effects }) => effects ?? [])) {
    try {
      tables.apply([effect]);
    } catch {
      lostEffects += 1; // Counted for the report.
    }
  }
  return { tables, lostEffects };
}

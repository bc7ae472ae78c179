import { decode, type Effect, encode } from '@trialbase/core/adapter';
import { isObject } from './decoded-value.js';
import { readEffects, writtenEffects } from './effect-text.js';
import { CHECKSUM_LENGTH, lineOfText, textOfLine } from './line.js';
import { UnreadableError } from './unreadable.js';

/**
 * One line of a journal. **It counts only if `at` is where the last record that counts ended**, line break included; so
 * of rivals who append at the same time the first one counts, for every reader alike.
 */
export interface JournalRecord {
  readonly at: number;
  /** The writer: a random name of its own, by which it knows its records again. */
  readonly by: string;
  /** What a write did. Absent from a seal. */
  readonly effects?: readonly Effect[];
  /** Nothing in this file counts after a seal that counts: the journal goes on in the next generation. */
  readonly seal?: true;
}

/**
 * The line of a record. The bytes are only there until the next call.
 *
 * @param longest how many bytes it may have.
 * @throws InvalidDocumentError if it would have more.
 */
export function lineOf(record: JournalRecord, longest?: number): Buffer {
  const { effects } = record;
  return lineOfText(encode(effects ? { ...record, effects: writtenEffects(effects) } : record), longest);
}

/** What stands between the checksum of a record and the position that it names. */
const BEGINNING = Buffer.from(' {"at":');
/** As many digits as a position can have. */
const DIGITS = 16;

/**
 * Whether a torn line ends in a whole record that builds on what is before it in the line. Then that was a record too, which
 * counted, and it is only their line break that is damaged.
 *
 * @param start where the line starts.
 */
export function hidesRecord(line: Buffer, start: number): boolean {
  for (let found = line.indexOf(BEGINNING); found >= 0; found = line.indexOf(BEGINNING, found + 1)) {
    const named = found + BEGINNING.length;
    const record = found - CHECKSUM_LENGTH;
    const at = Number.parseInt(line.toString('latin1', named, named + DIGITS), 10);
    if (record > 0 && at === start + record) return textOfLine(line.subarray(record)) !== undefined;
  }
  return false;
}

/**
 * The record in a line; `undefined` if the line is torn.
 *
 * @throws UnreadableError if the checksum is right and the text is no record that this version knows.
 */
export function readRecord(line: Buffer): JournalRecord | undefined {
  const text = textOfLine(line);
  if (text === undefined) return undefined;
  const record = decode(text);
  if (!isObject(record) || !Number.isSafeInteger(record['at']) || typeof record['by'] !== 'string') {
    throw new UnreadableError('a line there is no record', false);
  }
  const { at, by, effects, seal } = record as unknown as JournalRecord;
  if (seal === true) return { at, by, seal };
  return { at, by, effects: readEffects(effects) };
}

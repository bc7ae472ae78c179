import zlib from 'node:zlib';
import { type Collection, collections, decode, type Effect, encode } from '@trialbase/core/adapter';

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

const CHECKSUM_LENGTH = 8;
const BODY = CHECKSUM_LENGTH + 1;

/** Why a line whose checksum is right cannot be taken. */
export class UnreadableError extends Error {
  /** Whether a newer version can be expected to read it. */
  readonly newer: boolean;

  constructor(message: string, newer: boolean) {
    super(message);
    this.newer = newer;
  }
}

/** The line of a value: the CRC-32 of its text in hexadecimal, a space, the text and a line break. */
export function lineOf(value: unknown): string {
  return lineOfText(encode(value));
}

/** The line of a text that has no line break. */
export function lineOfText(text: string): string {
  return `${checksum(text)} ${text}\n`;
}

/** The text of a line without its line break; `undefined` if the checksum is not that of the text. */
export function textOfLine(line: Buffer): string | undefined {
  if (line.length <= BODY || line[CHECKSUM_LENGTH] !== 0x20) return undefined;
  if (line.toString('latin1', 0, CHECKSUM_LENGTH) !== checksum(line.subarray(BODY))) return undefined;
  return line.toString('utf8', BODY);
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
  const { effects, seal } = record;
  if (seal !== true) (Array.isArray(effects) ? effects : [undefined]).forEach(checkEffect);
  return record as unknown as JournalRecord;
}

function checksum(bytes: string | Buffer): string {
  return zlib.crc32(bytes).toString(16).padStart(CHECKSUM_LENGTH, '0');
}

function checkEffect(effect: unknown): void {
  if (!isObject(effect)) throw unknown('a record without effects');
  const { kind, collection } = effect;
  const check = typeof kind === 'string' && Object.hasOwn(checks, kind) ? checks[kind as Effect['kind']] : undefined;
  if (!check) throw unknown(`the effect ${JSON.stringify(kind)}`);
  if (!collections.includes(collection as Collection)) throw unknown(`the collection ${JSON.stringify(collection)}`);
  if (!check(effect)) throw new UnreadableError(`an effect '${String(kind)}' there lacks what it needs`, false);
}

const checks: Readonly<Record<Effect['kind'], (effect: Record<string, unknown>) => boolean>> = {
  put: ({ document }) => isObject(document) && isId(document['_id']),
  set: ({ id, changes }) => isId(id) && Array.isArray(changes) && changes.every(isChange),
  remove: ({ id }) => isId(id),
};

function unknown(what: string): UnreadableError {
  return new UnreadableError(`it holds ${what}, which this version does not know`, true);
}

function isChange(change: unknown): boolean {
  if (!isObject(change) || !Object.hasOwn(change, 'value')) return false;
  const { path } = change;
  return Array.isArray(path) && path.length > 0 && path.every((step) => typeof step === 'string');
}

function isId(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

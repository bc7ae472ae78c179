import {
  collections,
  type Document,
  decode,
  describe,
  type Effect,
  encode,
  type Id,
} from '@trialbase/core/adapter';
import { lineOfText, textOfLine } from './line.js';

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

/** Why a line whose checksum is right cannot be taken. */
export class UnreadableError extends Error {
  /** Whether a newer version can be expected to read it. */
  readonly newer: boolean;

  constructor(message: string, newer: boolean) {
    super(message);
    this.newer = newer;
  }
}

/** The line of a record. The bytes are only there until the next call. */
export function lineOf(record: JournalRecord): Buffer {
  const { effects } = record;
  return lineOfText(encode(effects ? { ...record, effects: effects.map(written) } : record));
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
  if (!Array.isArray(effects)) throw unknown('a record without effects');
  return { at, by, effects: effects.map(read) };
}

/** An effect as it is written: short, because each process reads what all the others write. */
function written(effect: Effect): readonly unknown[] {
  if (effect.kind === 'put') return ['put', effect.collection, effect.document];
  if (effect.kind === 'set') return ['set', effect.collection, effect.id, effect.fields];
  return ['remove', effect.collection, effect.id];
}

function read(text: unknown): Effect {
  const [kind, collection, what, fields] = Array.isArray(text) ? text : [text];
  if (kind !== 'put' && kind !== 'set' && kind !== 'remove') throw unknown(`the effect ${describe(kind)}`);
  if (!collections.includes(collection)) throw unknown(`the collection ${describe(collection)}`);
  if (kind === 'put' && isObject(what) && isId(what['_id']))
    return { kind, collection, document: what as Document };
  if (kind === 'set' && isId(what) && isObject(fields) && !Object.hasOwn(fields, '_id'))
    return { kind, collection, id: what, fields };
  if (kind === 'remove' && isId(what)) return { kind, collection, id: what };
  throw new UnreadableError(`an effect '${kind}' there lacks what it needs`, false);
}

function unknown(what: string): UnreadableError {
  return new UnreadableError(`it holds ${what}, which this version does not know`, true);
}

function isId(value: unknown): value is Id {
  return typeof value === 'string' || typeof value === 'number';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

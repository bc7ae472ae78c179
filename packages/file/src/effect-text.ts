import { type Collection, collections, type Document, describe, type Effect } from '@trialbase/core/adapter';
import { isId, isList, isObject } from './decoded-value.js';
import { UnreadableError } from './unreadable.js';

/**
 * Effects as they are written: short, because each process reads what all the others write.
 *
 * - `["put", collection, document]`
 * - `["rows", collection, fields, dates, [values, …]]`: several documents that have the same fields, in the same order. `dates`
 *   are the fields of which all hold dates or `null`: these are written as bare milliseconds, which halves the time to read them
 * - `["set", collection, _id, fields]`
 * - `["remove", collection, _id]`
 */
export function writtenEffects(effects: readonly Effect[]): readonly (readonly unknown[])[] {
  const written: (readonly unknown[])[] = [];
  for (let i = 0; i < effects.length; ) {
    const puts = putsAlike(effects, i);
    written.push(puts.length > 1 ? writtenRows(puts) : writtenEffect(effects[i] as Effect));
    i += Math.max(puts.length, 1);
  }
  return written;
}

/** What was written, as effects again. @throws UnreadableError if it is none, or none that this version knows. */
export function readEffects(written: unknown): readonly Effect[] {
  if (!Array.isArray(written)) throw unknown('a record without effects');
  return written.length === 1 && written[0]?.[0] !== 'rows'
    ? [readEffect(written[0])]
    : written.flatMap(readEach);
}

function writtenEffect(effect: Effect): readonly unknown[] {
  if (effect.kind === 'put') return ['put', effect.collection, effect.document];
  if (effect.kind === 'set') return ['set', effect.collection, effect.id, effect.fields];
  return ['remove', effect.collection, effect.id];
}

type Put = Extract<Effect, { kind: 'put' }>;

/** The puts from a place on whose documents are of one collection and have the same fields. */
function putsAlike(effects: readonly Effect[], from: number): readonly Put[] {
  const first = effects[from];
  if (first?.kind !== 'put') return [];
  const fields = Object.keys(first.document);
  const puts = [first];
  for (let i = from + 1; i < effects.length; i++) {
    const next = effects[i];
    if (next?.kind !== 'put' || next.collection !== first.collection || !hasFields(next.document, fields))
      break;
    puts.push(next);
  }
  return puts;
}

function hasFields(document: Document, expected: readonly string[]): boolean {
  const fields = Object.keys(document);
  return (
    fields.length === expected.length && fields.every((field, i) => field === expected[i] && isField(field))
  );
}

function writtenRows(puts: readonly Put[]): readonly unknown[] {
  const { collection, document } = puts[0] as Put;
  const fields = Object.keys(document);
  const dates = fields.filter((field) => areDates(puts, field));
  const rows = puts.map((put) => {
    const values: unknown[] = Object.values(put.document);
    for (const field of dates) {
      const at = fields.indexOf(field);
      values[at] = (values[at] as Date | null)?.getTime() ?? null;
    }
    return values;
  });
  return ['rows', collection, fields, dates, rows];
}

/** Whether a field holds dates in all documents, or nothing: and not nothing in all of them. */
function areDates(puts: readonly Put[], field: string): boolean {
  const isNull = ({ document }: Put): boolean => document[field] === null;
  return (
    puts.every((put) => isNull(put) || put.document[field] instanceof Date) &&
    !puts.every((put) => isNull(put))
  );
}

function readEach(written: unknown): readonly Effect[] {
  return isList(written) && written[0] === 'rows' ? readRows(written) : [readEffect(written)];
}

function readRows([, collection, fields, dates, rows]: readonly unknown[]): Effect[] {
  const known = knownCollection(collection);
  if (!isList(fields) || !fields.every(isField) || !isList(dates) || !isList(rows)) throw lacking('rows');
  const places = dates.map((field) => fields.indexOf(field as string));
  return rows.map((row) => {
    if (!Array.isArray(row) || row.length !== fields.length) throw lacking('rows');
    for (const place of places) row[place] = readDate(row[place]);
    const document: Record<string, unknown> = {};
    for (let i = 0; i < fields.length; i++) document[fields[i] as string] = row[i];
    if (!isId(document['_id'])) throw lacking('rows');
    return { kind: 'put', collection: known, document: document as Document };
  });
}

function readDate(time: unknown): Date | null {
  if (time === null) return null;
  const date = new Date(typeof time === 'number' ? time : Number.NaN);
  if (Number.isNaN(date.getTime())) throw lacking('rows');
  return date;
}

function readEffect(written: unknown): Effect {
  const [kind, collection, what, fields] = isList(written) ? written : [written];
  if (kind !== 'put' && kind !== 'set' && kind !== 'remove') throw unknown(`the effect ${describe(kind)}`);
  const known = knownCollection(collection);
  if (kind === 'put' && isObject(what) && isId(what['_id']))
    return { kind, collection: known, document: what as Document };
  if (kind === 'set' && isId(what) && isObject(fields) && !Object.hasOwn(fields, '_id'))
    return { kind, collection: known, id: what, fields };
  if (kind === 'remove' && isId(what)) return { kind, collection: known, id: what };
  throw lacking(kind);
}

function knownCollection(collection: unknown): Collection {
  if (collections.includes(collection as Collection)) return collection as Collection;
  throw unknown(`the collection ${describe(collection)}`);
}

function unknown(what: string): UnreadableError {
  return new UnreadableError(`it holds ${what}, which this version does not know`, true);
}

function lacking(kind: string): UnreadableError {
  return new UnreadableError(`an effect '${kind}' there lacks what it needs`, false);
}

function isField(value: unknown): value is string {
  return typeof value === 'string' && value !== '__proto__';
}

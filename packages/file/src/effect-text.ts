import { type Collection, collections, type Document, describe, type Effect } from '@trialbase/core/adapter';
import { isId, isList, isObject } from './decoded-value.js';
import { UnreadableError } from './unreadable.js';

/**
 * Effects as they are written: short, because each process reads what all the others write.
 *
 * - `["put", collection, document]`
 * - `["rows", collection, fields, [values, …]]`: several documents that have the same fields, in the same order
 * - `["set", collection, _id, fields]`
 * - `["remove", collection, _id]`
 */
export function writtenEffects(effects: readonly Effect[]): readonly (readonly unknown[])[] {
  const written: (readonly unknown[])[] = [];
  let rows: Rows | undefined;
  for (const effect of effects) {
    if (effect.kind === 'put' && rows?.take(effect)) continue;
    rows = effect.kind === 'put' ? new Rows(effect) : undefined;
    written.push(rows ? rows.written : writtenEffect(effect));
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

/** Puts one after another, as long as their documents have the same fields. */
class Rows {
  readonly #collection: Collection;
  readonly #fields: readonly string[];
  readonly #values: unknown[][];
  /** Grows with each put that is taken; of one put alone it is the plain form. */
  readonly written: unknown[];

  constructor(first: Put) {
    this.#collection = first.collection;
    this.#fields = Object.keys(first.document);
    this.#values = [Object.values(first.document)];
    this.written = [...writtenEffect(first)];
  }

  take({ collection, document }: Put): boolean {
    const fields = Object.keys(document);
    if (collection !== this.#collection || fields.length !== this.#fields.length) return false;
    if (!fields.every((field, i) => field === this.#fields[i] && field !== '__proto__')) return false;
    this.#values.push(Object.values(document));
    this.written.splice(0, this.written.length, 'rows', collection, this.#fields, this.#values);
    return true;
  }
}

function readEach(written: unknown): readonly Effect[] {
  return isList(written) && written[0] === 'rows' ? readRows(written) : [readEffect(written)];
}

function readRows([, collection, fields, rows]: readonly unknown[]): Effect[] {
  const known = knownCollection(collection);
  if (!isList(fields) || !fields.every(isField) || !isList(rows)) throw lacking('rows');
  return rows.map((row) => {
    if (!isList(row) || row.length !== fields.length) throw lacking('rows');
    const document: Record<string, unknown> = {};
    for (let i = 0; i < fields.length; i++) document[fields[i] as string] = row[i];
    if (!isId(document['_id'])) throw lacking('rows');
    return { kind: 'put', collection: known, document: document as Document };
  });
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

import type { Selection, SelectionTree } from '../database.js';
import type { Fields } from '../document.js';
import { isFields } from './value-type.js';

/**
 * The fields of a document that a selection keeps, in the document's order. A field that is absent stays absent. The
 * values are the document's own.
 */
export function select(document: Fields, { kind, fields, keepId }: Selection): Fields {
  const keep = kind === 'include' ? included : excluded;
  const entries = Object.entries(document).flatMap(([key, value]) => {
    if (key === '_id' && !fields.has('_id')) return keepId ? [[key, value] as const] : [];
    return keep(key, value, fields);
  });
  return Object.fromEntries(entries);
}

/** What a selection keeps of one field: nothing, or the field with what is kept of its value. */
type Kept = readonly (readonly [key: string, value: unknown])[];

function included(key: string, value: unknown, tree: SelectionTree): Kept {
  const below = tree.get(key);
  if (below === undefined) return [];
  if (below === true) return [[key, value]];
  return holdsFields(value) ? [[key, include(value, below)]] : [];
}

/** Elements of an array that cannot hold the fields asked for go. */
function include(value: object, tree: SelectionTree): unknown {
  if (Array.isArray(value)) return value.filter(holdsFields).map((element) => include(element, tree));
  return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => included(key, each, tree)));
}

function excluded(key: string, value: unknown, tree: SelectionTree): Kept {
  const below = tree.get(key);
  if (below === true) return [];
  return [[key, below === undefined ? value : exclude(value, below)]];
}

function exclude(value: unknown, tree: SelectionTree): unknown {
  if (Array.isArray(value)) return value.map((element) => exclude(element, tree));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => excluded(key, each, tree)));
}

function holdsFields(value: unknown): value is object {
  return Array.isArray(value) || isFields(value);
}

import type { Selection, SelectionTree } from '../database.js';
import type { Fields } from '../document.js';
import { isFields } from '../values/is-fields.js';

/**
 * The fields of a document that a selection keeps, in the document's order. A field that is absent stays absent. The
 * values are the document's own.
 */
export function select(document: Fields, { kind, fields }: Selection): Fields {
  return selectFields(document, fields, kind === 'include');
}

function selectFields(fields: Fields, tree: SelectionTree, includes: boolean): Fields {
  const entries = Object.entries(fields).flatMap(([key, value]) =>
    partOf(value, tree.get(key), includes).map((part) => [key, part] as const),
  );
  return Object.fromEntries(entries);
}

/**
 * What is kept of a value of which the selection names all, some fields or nothing: one value or none. What can hold no
 * fields has none of those that are named.
 */
function partOf(value: unknown, named: true | SelectionTree | undefined, includes: boolean): [] | [unknown] {
  if (named === true) return includes ? [value] : [];
  if (named && Array.isArray(value)) return [value.flatMap((element) => partOf(element, named, includes))];
  if (named && isFields(value)) return [selectFields(value, named, includes)];
  return includes ? [] : [value];
}

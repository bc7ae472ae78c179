import type { FindOptions, Sort } from '../database.js';
import type { Document, Fields, Path } from '../document.js';
import { compareForSort, compareIds } from './order.js';
import { select } from './select.js';
import { isFields } from './value-type.js';

/**
 * Does what `find` was asked to do with the documents found: sorts, skips, limits and selects. Without a sort order they
 * are taken as they come, which has to be in `_id` order. The array given is not changed; the documents, or the values
 * selected from them, are the ones given.
 */
export function arrange(documents: readonly Document[], options: FindOptions = {}): Fields[] {
  const { sort, skip = 0, limit = Number.POSITIVE_INFINITY, selection } = options;
  const sorted = sort && sort.length > 0 ? sortDocuments(documents, sort) : documents;
  const wanted = sorted.slice(skip, skip + limit);
  return selection ? wanted.map((document) => select(document, selection)) : wanted;
}

function sortDocuments(documents: readonly Document[], sort: Sort): Document[] {
  const keyed = documents.map((document) => ({
    document,
    keys: sort.map(({ path, descending }) => sortKey(document, path, descending)),
  }));
  keyed.sort((a, b) => {
    for (const [i, { descending }] of sort.entries()) {
      const order = compareForSort(a.keys[i], b.keys[i]);
      if (order !== 0) return descending ? -order : order;
    }
    return compareIds(a.document._id, b.document._id);
  });
  return keyed.map(({ document }) => document);
}

/** By what a document is sorted: of several values at the path the least, or the greatest where it goes downwards. */
function sortKey(document: Document, path: Path, descending: boolean): unknown {
  return valuesAt(document, path, 0).reduce((best, value) => {
    const order = compareForSort(value, best);
    return (descending ? order > 0 : order < 0) ? value : best;
  });
}

/** As MongoDB's indexes see them: what is missing is `null`, and an empty array is less than that. Never empty. */
function valuesAt(
  value: unknown,
  path: Path,
  at: number,
): readonly [unknown, ...unknown[]] | readonly unknown[] {
  if (at === path.length)
    return Array.isArray(value) ? (value.length > 0 ? value : [undefined]) : [value ?? null];
  const key = path[at] as string;
  if (!Array.isArray(value)) {
    const below = isFields(value) && Object.hasOwn(value, key) ? value[key] : null;
    return valuesAt(below, path, at + 1);
  }
  if (/^\d+$/.test(key) && Object.hasOwn(value, key)) return valuesAt(value[Number(key)], path, at + 1);
  return value.length > 0
    ? value.flatMap((element) => (Array.isArray(element) ? [null] : valuesAt(element, path, at)))
    : [null];
}

import type { FindOptions, Sort } from '../database.js';
import type { Document, Fields, Path } from '../document.js';
import { isFields } from '../values/is-fields.js';
import { compareForSort, compareIds } from './order.js';
import { select } from './select.js';

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
  return valuesAt(document, path).reduce((best, value) => {
    const order = compareForSort(value, best);
    return (descending ? order > 0 : order < 0) ? value : best;
  });
}

/**
 * The values at a path as MongoDB's indexes see them, never none: what is missing counts as `null`, and an empty array at
 * the end of the path as `undefined`, which is less.
 */
function valuesAt(value: unknown, path: Path): readonly unknown[] {
  const [step, ...rest] = path;
  if (step === undefined) return Array.isArray(value) ? orOne(value, undefined) : [value ?? null];
  if (Array.isArray(value) && !isPosition(step, value)) {
    return orOne(
      value.flatMap((element) => (isFields(element) ? valuesAt(element, path) : [null])),
      null,
    );
  }
  const holds = (Array.isArray(value) || isFields(value)) && Object.hasOwn(value, step);
  return valuesAt(holds ? (value as Fields)[step] : null, rest);
}

function isPosition(step: string, array: readonly unknown[]): boolean {
  return /^\d+$/.test(step) && Object.hasOwn(array, step);
}

function orOne(values: readonly unknown[], otherwise: unknown): readonly unknown[] {
  return values.length > 0 ? values : [otherwise];
}

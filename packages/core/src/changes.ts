import type { Change, Fields, Path } from './document.js';
import { describe, InvalidDocumentError } from './errors.js';

/** How far beyond the end of an array an element may be set; those between become `null`. */
const LONGEST_GAP = 1_000;

/**
 * Reads changes as MongoDB's `$set` does: a dotted key sets a nested field.
 *
 * @throws InvalidDocumentError for the change of an `_id`, for an operator, and for two changes of which one lies in the other.
 */
export function parseChanges(changes: Fields): Change[] {
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) {
    throw new InvalidDocumentError(`Changes must be an object of fields to set, not ${describe(changes)}`);
  }
  const parsed = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ path: parseKey(key), value }));
  checkDisjoint(parsed);
  return parsed;
}

/** A new document with the changes; what they do not touch is shared. @throws InvalidDocumentError if a path leads through what has no fields. */
export function applyChanges<D extends Fields>(document: D, changes: readonly Change[]): D {
  const changed: Record<string, unknown> = { ...document };
  for (const { path, value } of changes) {
    const [field = '', ...nested] = path;
    const before = Object.hasOwn(changed, field) ? changed[field] : undefined;
    assign(changed, field, nested.length === 0 ? value : changedBelow(before, path, 1, value));
  }
  return changed as D;
}

function changedBelow(container: unknown, path: Path, at: number, value: unknown): unknown {
  if (at === path.length) return value;
  const step = path[at] as string;
  if (Array.isArray(container)) {
    const index = elementIndex(container, path, at);
    const copied = container.slice();
    while (copied.length < index) copied.push(null);
    copied[index] = changedBelow(container[index], path, at + 1, value);
    return copied;
  }
  if (container !== undefined && !hasFields(container)) throw noFields(container, path, at);
  const copied: Record<string, unknown> = { ...(container as Fields | undefined) };
  assign(
    copied,
    step,
    changedBelow(Object.hasOwn(copied, step) ? copied[step] : undefined, path, at + 1, value),
  );
  return copied;
}

/** `__proto__` is a field like any other; only assignment takes it for something else. */
function assign(fields: Record<string, unknown>, field: string, value: unknown): void {
  if (field !== '__proto__') fields[field] = value;
  else Object.defineProperty(fields, field, { value, configurable: true, enumerable: true, writable: true });
}

function parseKey(key: string): Path {
  const path = key.split('.');
  if (path[0] === '_id')
    throw new InvalidDocumentError(`The _id of a document never changes, so ${describe(key)} cannot be set`);
  if (/^\$[a-zA-Z]/.test(key)) {
    throw new InvalidDocumentError(
      `${describe(key)} is no field: give the fields to set themselves, without an operator`,
    );
  }
  return path;
}

function checkDisjoint(changes: readonly Change[]): void {
  const set = new Set(changes.map(({ path }) => path.join('.')));
  for (const { path } of changes) {
    for (let length = 1; length < path.length; length++) {
      const above = path.slice(0, length).join('.');
      if (!set.has(above)) continue;
      throw new InvalidDocumentError(
        `Both '${above}' and '${path.join('.')}' are to be set: set one of them, as each decides the other`,
      );
    }
  }
}

function elementIndex(elements: readonly unknown[], path: Path, at: number): number {
  const step = path[at] as string;
  const index = /^(0|[1-9]\d*)$/.test(step) ? Number(step) : Number.NaN;
  if (index <= elements.length + LONGEST_GAP) return index;
  throw new InvalidDocumentError(
    `Cannot set '${path.join('.')}': '${path.slice(0, at).join('.')}' is an array of ${elements.length}, which has no place '${step}'`,
  );
}

function hasFields(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function noFields(container: unknown, path: Path, at: number): InvalidDocumentError {
  return new InvalidDocumentError(
    `Cannot set '${path.join('.')}': '${path.slice(0, at).join('.')}' is ${describe(container)}, which has no fields. Set that whole`,
  );
}

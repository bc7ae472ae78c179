import type { Change, Fields, Path, Raise } from './document.js';
import { describe, InvalidDocumentError } from './errors.js';
import { setField } from './set-field.js';
import { isFields } from './values/is-fields.js';

/** How far beyond its end an array may be extended by a change; what lies between becomes `null`. */
const LONGEST_GAP = 100_000;

/** How many steps the path of a change may have. */
const LONGEST_PATH = 100;

/**
 * Reads changes as MongoDB's `$set` does: a dotted key sets a nested field. The values are the ones given; one that is
 * `undefined` changes nothing.
 *
 * @throws InvalidDocumentError for the change of an `_id`, for an operator, and for two changes of which one lies in the other.
 */
export function parseChanges(changes: unknown): Change[] {
  if (!isFields(changes)) {
    throw new InvalidDocumentError(`Changes must be an object of fields to set, not ${describe(changes)}`);
  }
  const parsed = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ path: parseKey(key), value }));
  checkDisjoint(parsed);
  return parsed;
}

function parseKey(key: string): Path {
  const path = key.split('.', LONGEST_PATH + 1);
  if (path.length > LONGEST_PATH) {
    throw new InvalidDocumentError(
      `${describe(key)} has more than ${LONGEST_PATH} steps: set a field above it`,
    );
  }
  if (path[0] === '_id') {
    throw new InvalidDocumentError(`The _id of a document never changes, so ${describe(key)} cannot be set`);
  }
  if (key.startsWith('$') || path.some((step) => /^\$($|\[)/.test(step))) {
    throw new InvalidDocumentError(
      `${describe(key)} is no field: give the fields to set themselves, without an operator`,
    );
  }
  return path;
}

type Tree = Map<string, Tree>;

function checkDisjoint(changes: readonly Change[]): void {
  const paths: Tree = new Map();
  const ends = new Set<Tree>();
  for (const { path } of changes) {
    let node = paths;
    for (const step of path) {
      const next: Tree = node.get(step) ?? new Map();
      if (ends.has(next)) throw overlapping(path);
      node.set(step, next);
      node = next;
    }
    if (node.size > 0) throw overlapping(path);
    ends.add(node);
  }
}

function overlapping(path: Path): InvalidDocumentError {
  return new InvalidDocumentError(
    `Both '${path.join('.')}' and a field above or below it are to be set: set one of them, as each decides the other`,
  );
}

/**
 * A new document with the changes, as MongoDB's `$set` and `$inc` make them; what they do not touch is shared with the old
 * one. Objects on the way are made where they are missing, and arrays extended with `null`.
 *
 * @throws InvalidDocumentError if a path leads through what has no fields, or far beyond an array's end, and if what is to
 *   be raised is no number.
 */
export function applyChanges<T extends Fields>(document: T, changes: readonly (Change | Raise)[]): T {
  const changed = { ...document };
  const fresh = new Set<object>();
  for (const change of changes) make(changed, change, fresh);
  return changed;
}

/** What a value can be set in: an object, or an array by position. */
type Container = Record<string, unknown> | unknown[];

/** `fresh` are the containers copied or made for this document, so that each is copied once however many changes it takes. */
function make(document: Container, change: Change | Raise, fresh: Set<object>): void {
  const { path } = change;
  const last = path.length - 1;
  let container = document;
  for (let i = 0; i < last; i++) {
    const found = valueIn(container, path[i] as string);
    let next = found as Container;
    if (!fresh.has(next)) {
      next = freshFrom(found, path, i);
      fresh.add(next);
      assign(container, path, i, next);
    }
    container = next;
  }
  assign(container, path, last, 'by' in change ? raised(container, change) : change.value);
}

function valueIn(container: Container, step: string): unknown {
  return Object.hasOwn(container, step) ? container[step as keyof Container] : undefined;
}

function raised(container: Container, { path, by }: Raise): number {
  const value = valueIn(container, path.at(-1) as string) ?? 0;
  if (typeof value === 'number') return value + by;
  throw new InvalidDocumentError(
    `Cannot raise '${path.join('.')}' by ${by}: it is ${describe(value)} and no number. Set it first`,
  );
}

function freshFrom(found: unknown, path: Path, at: number): Container {
  if (found === undefined) return {};
  if (Array.isArray(found)) return [...found];
  if (isFields(found)) return { ...found };
  const parent = path.slice(0, at + 1).join('.');
  throw new InvalidDocumentError(
    `Cannot set '${path.join('.')}': '${parent}' is ${describe(found)}, which has no fields. Set that whole`,
  );
}

function assign(container: Container, path: Path, at: number, value: unknown): void {
  if (Array.isArray(container)) assignElement(container, path, at, value);
  else setField(container, path[at] as string, value);
}

function assignElement(elements: unknown[], path: Path, at: number, value: unknown): void {
  const step = path[at] as string;
  const index = /^(0|[1-9]\d*)$/.test(step) ? Number(step) : Number.POSITIVE_INFINITY;
  if (index > elements.length + LONGEST_GAP) {
    throw new InvalidDocumentError(
      `Cannot set '${path.join('.')}': '${path.slice(0, at).join('.')}' is an array of ${elements.length}, which has no place '${step}'`,
    );
  }
  while (elements.length < index) elements.push(null);
  elements[index] = value;
}

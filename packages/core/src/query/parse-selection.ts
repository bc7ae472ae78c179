import type { Selection, SelectionTree } from '../database.js';
import { describe, InvalidQueryError } from '../errors.js';

type Tree = Map<string, true | Tree>;

/** A selection on its way: its fields, and whether they are to be kept. */
interface Parsing {
  readonly fields: Tree;
  kind: Selection['kind'] | undefined;
}

/**
 * Reads a MongoDB projection.
 *
 * @returns `undefined` for none, which keeps whole documents.
 * @throws InvalidQueryError for a mixed or malformed one.
 */
export function parseSelection(selection: unknown): Selection | undefined {
  if (selection === undefined || selection === null) return undefined;
  const { _id, ...fields } = selectionFields(selection, '');
  const keepId = _id === undefined ? undefined : isKept(_id, '_id');
  const parsing: Parsing = { fields: new Map(), kind: undefined };
  addFields(parsing, fields, []);
  // Of a selection that names only the `_id`, keeping it leaves nothing else.
  const kind = parsing.kind ?? (keepId ? 'include' : 'exclude');
  return { kind, fields: parsing.fields as SelectionTree, keepId: keepId ?? true };
}

function addFields(parsing: Parsing, fields: Readonly<Record<string, unknown>>, above: readonly string[]): void {
  for (const [key, value] of Object.entries(fields)) {
    const path = [...above, ...key.split('.')];
    if (typeof value === 'object' && value !== null) addFields(parsing, selectionFields(value, path.join('.')), path);
    else addField(parsing, path, isKept(value, path.join('.')) ? 'include' : 'exclude');
  }
}

function addField(parsing: Parsing, path: readonly string[], kind: Selection['kind']): void {
  if (parsing.kind !== undefined && parsing.kind !== kind) {
    throw new InvalidQueryError(`A selection either keeps fields or leaves them out, but '${path.join('.')}' differs from those before it`);
  }
  parsing.kind = kind;
  let node = parsing.fields;
  for (const step of path.slice(0, -1)) {
    const below = node.get(step) ?? new Map();
    if (below === true) throw overlapping(path);
    node.set(step, below);
    node = below;
  }
  const last = path[path.length - 1] as string;
  if (node.has(last)) throw overlapping(path);
  node.set(last, true);
}

function overlapping(path: readonly string[]): InvalidQueryError {
  return new InvalidQueryError(`'${path.join('.')}' is selected twice, with and without what lies below it: choose one`);
}

function selectionFields(selection: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof selection === 'object' && selection !== null && !Array.isArray(selection)) {
    const operator = Object.keys(selection).find((key) => key.startsWith('$'));
    if (operator === undefined) return selection as Readonly<Record<string, unknown>>;
    throw new InvalidQueryError(`The operator '${operator}'${at(path)} is not known in a selection: use 1 to keep a field, 0 to leave it out`);
  }
  throw new InvalidQueryError(`A selection${at(path)} must be an object of fields, not ${describe(selection)}`);
}

function isKept(value: unknown, path: string): boolean {
  if (value === 1 || value === true) return true;
  if (value === 0 || value === false) return false;
  throw new InvalidQueryError(`'${path}' is selected by ${describe(value)}: use 1 or true to keep it, 0 or false to leave it out`);
}

function at(path: string): string {
  return path === '' ? '' : ` at '${path}'`;
}

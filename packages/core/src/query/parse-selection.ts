import type { Selection } from '../database.js';
import { describe, type InvalidQueryError } from '../errors.js';
import { isFields } from '../values/is-fields.js';
import { inside, invalid, isOperatorName, type QueryPlace, stepsOf, topOf } from './query-place.js';

/**
 * Reads a MongoDB projection. One that is absent or empty selects whole documents: `undefined`.
 *
 * @throws InvalidQueryError if it mixes keeping and leaving out, names a field twice, or has another value than
 * 0, 1, `true`, `false` or an object of them: names the path.
 */
export function parseSelection(selection: unknown): Selection | undefined {
  const top = topOf('The selection');
  if (selection === null || selection === undefined) return undefined;
  if (!isFields(selection)) throw invalid(top, `must be an object of 0 and 1, not ${describe(selection)}`);
  const leaves = leavesOf(selection, top);
  const [first] = leaves;
  if (!first) return undefined;

  // `_id` alone may be kept where others are left out, and the other way round.
  const id = leaves.find(isId);
  const fields = leaves.filter((leaf) => leaf !== id);
  const keep = (fields[0] ?? first).keep;
  for (const field of fields) {
    if (field.keep === keep) continue;
    throw invalid(
      field.place,
      `is ${field.keep ? 'kept' : 'left out'} and others are not: keep fields, or leave some out`,
    );
  }
  const tree = treeOf(fields);
  if (!tree.has('_id')) {
    // Where the selection does not say it, `_id` is kept.
    if ((id?.keep ?? true) === keep) tree.set('_id', true);
  } else if (id) {
    throw selectedTwice(id.place);
  }
  return { kind: keep ? 'include' : 'exclude', fields: tree };
}

/** One field of a selection. */
interface Leaf {
  readonly path: readonly string[];
  readonly keep: boolean;
  readonly place: QueryPlace;
}

function isId({ path }: Leaf): boolean {
  return path.length === 1 && path[0] === '_id';
}

function leavesOf(selection: object, place: QueryPlace, above: readonly string[] = []): Leaf[] {
  return Object.entries(selection).flatMap(([key, value]: [string, unknown]) => {
    const within = inside(place, key);
    const path = [...above, ...stepsOf(key, within)];
    if (isOperatorName(key) || key.endsWith('.$')) {
      throw invalid(within, 'is an operator, where only fields may stand');
    }
    if (value === 0 || value === 1 || typeof value === 'boolean')
      return { path, keep: Boolean(value), place: within };
    if (isFields(value) && Object.keys(value).length > 0) return leavesOf(value, within, path);
    throw invalid(within, `must be 0, 1, true, false or an object of them, not ${describe(value)}`);
  });
}

type GrowingTree = Map<string, true | GrowingTree>;

function treeOf(leaves: readonly Leaf[]): GrowingTree {
  const tree: GrowingTree = new Map();
  for (const { path, place } of leaves) plant(tree, path, place);
  return tree;
}

function plant(tree: GrowingTree, path: readonly string[], place: QueryPlace): void {
  const end = path.at(-1) as string;
  let node = tree;
  for (const step of path.slice(0, -1)) {
    const next: true | GrowingTree = node.get(step) ?? new Map();
    if (next === true) throw selectedTwice(place);
    node.set(step, next);
    node = next;
  }
  if (node.has(end)) throw selectedTwice(place);
  node.set(end, true);
}

function selectedTwice(place: QueryPlace): InvalidQueryError {
  return invalid(place, 'is selected beside the same field, or one above or below it: keep one of them');
}

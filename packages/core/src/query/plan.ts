import { type KeyPart, keyPart } from '../keys.js';
import type { CollectionSchema, KeyFields } from '../schema.js';
import { allOf, type Comparison, type Condition } from './condition.js';

/** With more keys than this to look up, reading the documents one after another is as good. */
const MOST_KEYS = 10_000;

/** How to reach the documents that a condition can meet without reading the others. */
export interface Access {
  /** The fields of the index to use: `['_id']`, or a key of the collection's schema. */
  readonly fields: KeyFields;
  readonly unique: boolean;
  /** The keys to look up in it. No two are the same. */
  readonly keys: readonly (readonly KeyPart[])[];
  /** What remains to be tested on the documents found there. {@link everything} where the index tells all. */
  readonly rest: Condition;
}

/**
 * Decides which index serves a condition: `_id` before a unique key before the index with the most fields. An index
 * serves when the condition fixes each of its fields to a value or to a list of values.
 *
 * @returns `undefined` where none serves and the whole collection has to be read.
 */
export function plan(where: Condition, schema: CollectionSchema): Access | undefined {
  const conjuncts = conjunctsOf(where, []);
  const byId = access(['_id'], true, conjuncts);
  if (byId) return byId;
  for (const fields of schema.unique) {
    const found = access(fields, true, conjuncts);
    if (found) return found;
  }
  let best: Access | undefined;
  for (const fields of schema.indexes) {
    if (best && best.fields.length >= fields.length) continue;
    best = access(fields, false, conjuncts) ?? best;
  }
  return best;
}

/** The conditions that must all be met, however `and`s are nested. */
function conjunctsOf(where: Condition, conjuncts: Condition[]): readonly Condition[] {
  if (where.kind !== 'and') conjuncts.push(where);
  else for (const condition of where.conditions) conjunctsOf(condition, conjuncts);
  return conjuncts;
}

/** The way through one index; `undefined` where the conjuncts leave one of its fields open. */
function access(fields: KeyFields, unique: boolean, conjuncts: readonly Condition[]): Access | undefined {
  let keys: readonly (readonly KeyPart[])[] = [[]];
  let rest = conjuncts;
  for (const field of fields) {
    const fixing = conjuncts.find((conjunct) => fixes(conjunct, field));
    const parts = fixing && keyParts(fixing);
    if (!parts || keys.length * parts.length > MOST_KEYS) return undefined;
    keys = product(keys, parts);
    if (parts.every(tellsAll)) rest = rest.filter((conjunct) => conjunct !== fixing);
  }
  return { fields, unique, keys, rest: allOf(rest) };
}

/** A comparison that allows a field only some values. */
type Fixing = Comparison<'equal' | 'in'>;

function fixes(conjunct: Condition, field: string): conjunct is Fixing {
  if (conjunct.kind !== 'compare' || (conjunct.operator !== 'equal' && conjunct.operator !== 'in'))
    return false;
  return conjunct.path.length === 1 && conjunct.path[0] === field;
}

/** The key parts that a comparison allows, each once; `undefined` where one of them is no key. */
function keyParts(fixing: Fixing): readonly KeyPart[] | undefined {
  if (fixing.operator === 'equal') {
    const part = keyPart(fixing.operand);
    return part === undefined ? undefined : [part];
  }
  const parts = new Set<KeyPart>();
  for (const value of fixing.operand) {
    const part = keyPart(value);
    if (part === undefined) return undefined;
    parts.add(part);
  }
  return [...parts];
}

function product(keys: readonly (readonly KeyPart[])[], parts: readonly KeyPart[]): KeyPart[][] {
  const longer: KeyPart[][] = [];
  for (const key of keys) {
    for (const part of parts) longer.push([...key, part]);
  }
  return longer;
}

/** Whether a key part stands for one value alone: 0 and 1 are `false` and `true` too, and `null` a missing field. */
function tellsAll(part: KeyPart): boolean {
  return typeof part === 'string' || (typeof part === 'number' && (part < 0 || part > 1));
}

import { type KeyPart, keyPart } from '../keys.js';
import type { CollectionSchema, KeyFields } from '../schema.js';
import { and, type Condition, everything } from './condition.js';

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
  const conjuncts = conjunctsOf(where);
  const fixed = fixedFields(conjuncts);
  if (fixed.size === 0) return undefined;
  const serves = (fields: KeyFields): boolean => fields.every((field) => fixed.has(field));

  if (fixed.has('_id')) return access(['_id'], true, fixed, conjuncts);
  const unique = schema.unique.find(serves);
  if (unique) return access(unique, true, fixed, conjuncts);
  const index = schema.indexes.filter(serves).reduce(longer, undefined);
  return index && access(index, false, fixed, conjuncts);
}

function conjunctsOf(where: Condition): readonly Condition[] {
  return where.kind === 'and' ? where.conditions.flatMap(conjunctsOf) : [where];
}

/** The values to which one conjunct fixes a field. */
interface Fixed {
  readonly parts: readonly KeyPart[];
  readonly conjunct: Condition;
}

function fixedFields(conjuncts: readonly Condition[]): ReadonlyMap<string, Fixed> {
  const fixed = new Map<string, Fixed>();
  for (const conjunct of conjuncts) {
    if (conjunct.kind !== 'compare' || conjunct.path.length !== 1) continue;
    const field = conjunct.path[0] as string;
    if (fixed.has(field)) continue;
    const parts = keyParts(conjunct);
    if (parts) fixed.set(field, { parts, conjunct });
  }
  return fixed;
}

/** The key parts that a comparison allows, each once; `undefined` where they cannot be listed. */
function keyParts(comparison: Extract<Condition, { kind: 'compare' }>): readonly KeyPart[] | undefined {
  if (comparison.operator === 'equal') {
    const part = keyPart(comparison.operand);
    return part === undefined ? undefined : [part];
  }
  if (comparison.operator !== 'in') return undefined;
  const parts = new Set<KeyPart>();
  for (const value of comparison.operand) {
    const part = keyPart(value);
    if (part === undefined) return undefined;
    parts.add(part);
  }
  return [...parts];
}

function access(
  fields: KeyFields,
  unique: boolean,
  fixed: ReadonlyMap<string, Fixed>,
  conjuncts: readonly Condition[],
): Access {
  let keys: KeyPart[][] = [[]];
  const told = new Set<Condition>();
  for (const field of fields) {
    const { parts, conjunct } = fixed.get(field) as Fixed;
    keys = parts.length === 1 ? keys.map((key) => [...key, parts[0] as KeyPart]) : product(keys, parts);
    if (parts.every(tellsAll)) told.add(conjunct);
  }
  const rest = conjuncts.filter((conjunct) => !told.has(conjunct));
  return { fields, unique, keys, rest: rest.length === 0 ? everything : and(...rest) };
}

function product(keys: readonly KeyPart[][], parts: readonly KeyPart[]): KeyPart[][] {
  return keys.flatMap((key) => parts.map((part) => [...key, part]));
}

/** Of the key parts only strings stand for one value alone: 1 is `true` too, and `null` a missing field. */
function tellsAll(part: KeyPart): boolean {
  return typeof part === 'string';
}

function longer(best: KeyFields | undefined, fields: KeyFields): KeyFields {
  return best && best.length >= fields.length ? best : fields;
}

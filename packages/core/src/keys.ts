import type { Change, Fields } from './document.js';
import { describe, InvalidDocumentError } from './errors.js';
import { type Collection, type KeyFields, keyFieldsOf, schema } from './schema.js';

/** One field of an index key, in a form in which equal values are the same `Map` key. */
export type KeyPart = string | number | bigint | null;

/**
 * The key part of a field's value. As in Orion, a missing field is `null`, and `true` and `false` share the keys of 1
 * and 0. A date is a `bigint`, so that it never meets a number.
 */
export function keyPart(value: unknown): KeyPart | undefined {
  switch (typeof value) {
    case 'string':
    case 'number':
      return value;
    case 'boolean':
      return Number(value);
    case 'undefined':
      return null;
    default:
      if (value === null) return null;
      return value instanceof Date ? BigInt(value.getTime()) : undefined;
  }
}

/** So many characters a string in a key may have: Chromium hangs over one of 130 million in IndexedDB. */
const LONGEST_KEY = 1_000_000;

/** What is wrong with a string that is too long for a key, as the end of a sentence that begins with its place. */
function lengthFault(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length <= LONGEST_KEY) return undefined;
  return ` is a key, and a string of ${value.length} characters is too long for one: use ${LONGEST_KEY} at most`;
}

/** What is wrong with a value for an `_id`, as the end of such a sentence; `undefined` if nothing is. */
export function idFault(value: unknown): string | undefined {
  if (typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value)))
    return lengthFault(value);
  return ` must be a string or a number, not ${describe(value)}`;
}

/** The key of a document under an index. */
export function keyOf(document: Fields, fields: KeyFields): KeyPart[] {
  return fields.map((field) => keyPart(document[field]) ?? null);
}

/** Refuses a document whose key fields hold what no index can keep. */
export function checkKeyFields(collection: Collection, document: Fields): void {
  for (const field of keyFields[collection]) checkKeyField(collection, field, document[field]);
}

/** Refuses changes that would put into a key field what no index can keep. */
export function checkKeyChanges(collection: Collection, changes: readonly Change[]): void {
  const fields = keyFields[collection];
  for (const { path, value } of changes) {
    const [field = '', ...nested] = path;
    if (fields.has(field)) checkKeyField(collection, field, nested.length > 0 ? {} : value);
  }
}

/** The fields of which the keys of each collection are made. */
const keyFields = keyFieldsOf(schema);

function checkKeyField(collection: Collection, field: string, value: unknown): void {
  const fault = lengthFault(value);
  if (fault) throw new InvalidDocumentError(`'${field}' of a document of '${collection}'${fault}`);
  if (keyPart(value) !== undefined) return;
  throw new InvalidDocumentError(
    `'${field}' is a key of '${collection}' and cannot hold ${describe(value)}: use a string, a number, a boolean, a date or null`,
  );
}

import { isFields } from '../values/is-fields.js';

/** Where a value's type stands in MongoDB's order of types. An absent value comes first; what MongoDB cannot hold comes last. */
export function typeRank(value: unknown): number {
  switch (typeof value) {
    case 'undefined':
      return 0;
    case 'number':
      return 2;
    case 'string':
      return 3;
    case 'boolean':
      return 7;
    case 'object':
      return value === null ? 1 : objectRank(value);
    default:
      return 9;
  }
}

function objectRank(value: object): number {
  if (isFields(value)) return 4;
  if (Array.isArray(value)) return 5;
  if (value instanceof Uint8Array) return 6;
  return value instanceof Date ? 8 : 9;
}

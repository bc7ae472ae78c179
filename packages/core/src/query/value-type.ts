import type { Fields } from '../document.js';

/**
 * Whether a value is an object of fields: no array, no date, no bytes, nothing with a class. Of any realm: only an
 * `Object.prototype` ends the chain and has `isPrototypeOf` itself.
 */
export function isFields(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf');
}

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

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

import type { Category } from './dimension.js';

/** Whether two categories are the same value. */
export function sameCategory(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((element, i) => sameCategory(element, b[i]));
}

export function isAmong(values: readonly Category[], value: unknown): boolean {
  return values.some((one) => sameCategory(one, value));
}

export function isCategory(value: unknown): value is Category {
  if (Array.isArray(value)) return value.every(isCategory);
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

import type { Id } from '@trialbase/core/adapter';

/** Whether a decoded value is an object or an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isId(value: unknown): value is Id {
  return typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value));
}

import { CorruptStoreError } from '@trialbase/core';
import { PythonClass, PythonObject, type PythonValue } from '../pickle/python-values.js';

const DEEPEST = 100;

/**
 * A value of a pickle as documents have it: dicts are objects, sets are arrays. Parts that a pickle shares are copied for each
 * place; what would grow beyond the budget by that, or never end, is refused.
 *
 * @param budget how many values may still be made.
 */
export function plainValue(value: PythonValue, budget: { left: number }, depth: number = 0): unknown {
  budget.left -= 1;
  if (budget.left < 0 || depth > DEEPEST)
    throw new CorruptStoreError(
      'The pickle holds a value that is nested too deeply, or far larger than the file',
    );
  const inner = (part: PythonValue): unknown => plainValue(part, budget, depth + 1);
  if (value instanceof Map) {
    // `fromEntries` makes `__proto__` a field like any other.
    return Object.fromEntries(Array.from(value, ([key, part]) => [keyText(key), inner(part)]));
  }
  if (Array.isArray(value)) return value.map(inner);
  if (value instanceof Set) return Array.from(value, inner);
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof PythonClass || value instanceof PythonObject)
    throw new CorruptStoreError('The pickle holds an object where a document has data');
  return value;
}

function keyText(key: PythonValue): string {
  if (typeof key === 'string' || typeof key === 'number' || typeof key === 'boolean') return String(key);
  throw new CorruptStoreError('The pickle has a key that is no text');
}

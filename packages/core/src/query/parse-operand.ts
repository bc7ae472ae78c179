import { describe, type InvalidQueryError } from '../errors.js';
import { isFields } from '../values/is-fields.js';
import { inside, invalid, type QueryPlace } from './query-place.js';

/**
 * A copy of a value that a query compares with, so that a caller who changes it later changes nothing. Those are `null`,
 * booleans, numbers, strings, dates, `Uint8Array`s, and arrays and objects of them.
 *
 * @throws InvalidQueryError if it is anything else: no stored value could equal it.
 */
export function copyOperand(operand: unknown, place: QueryPlace): unknown {
  switch (typeof operand) {
    case 'string':
    case 'number':
    case 'boolean':
      return operand;
    case 'object':
      return operand === null ? null : copyObject(operand, place);
    case 'undefined':
      throw invalid(place, 'is undefined: leave it out, or ask for null');
    default:
      throw notComparable(place, `a ${typeof operand}`);
  }
}

function copyObject(operand: object, place: QueryPlace): unknown {
  if (Array.isArray(operand)) return copyOperands(operand, place);
  if (isFields(operand)) {
    const entries = Object.entries(operand);
    return Object.fromEntries(entries.map(([key, value]) => [key, copyOperand(value, inside(place, key))]));
  }
  if (operand instanceof Date && !Number.isNaN(operand.getTime())) return new Date(operand);
  // Not by `slice`, which for a Buffer of Node would give a view on the same bytes.
  if (operand instanceof Uint8Array) return new Uint8Array(operand);
  if (operand instanceof RegExp) throw invalid(place, `is ${operand}: ask for a pattern with $regex`);
  throw notComparable(place, describe(operand));
}

/** Copies every element of an array of operands. */
export function copyOperands(operands: readonly unknown[], place: QueryPlace): unknown[] {
  return Array.from(operands, (operand, i) =>
    isScalar(operand) ? operand : copyOperand(operand, inside(place, i)),
  );
}

/** Spares the many scalars of a long list their places. */
function isScalar(value: unknown): boolean {
  return (
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
  );
}

function notComparable(place: QueryPlace, what: string): InvalidQueryError {
  return invalid(
    place,
    `is ${what}, which no document can hold: use JSON values, valid dates or Uint8Arrays`,
  );
}

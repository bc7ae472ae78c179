import type { Fields, Id } from '../document.js';
import { typeRank } from './value-type.js';

/** Whether two values are the same to MongoDB: `NaN` equals itself, 0 equals -0, a missing value equals `null`, the order of an object's fields matters. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === undefined || a === null) return b === undefined || b === null;
  if (typeof a === 'number') return Number.isNaN(a) && Number.isNaN(b);
  if (typeof a !== 'object' || typeof b !== 'object' || b === null) return false;
  return typeRank(a) === typeRank(b) && equalObjects(a, b);
}

function equalObjects(a: object, b: object): boolean {
  if (Array.isArray(a)) return equalLists(a, b as unknown[]);
  if (a instanceof Date) return a.getTime() === (b as Date).getTime();
  if (a instanceof Uint8Array) return compareBytes(a, b as Uint8Array) === 0;
  return typeRank(a) === FIELDS && equalFields(a as Fields, b as Fields);
}

const FIELDS: number = typeRank({});

function equalLists(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((element, i) => equalValues(element, b[i]));
}

function equalFields(a: Fields, b: Fields): boolean {
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length) return false;
  return keys.every((key, i) => key === others[i] && equalValues(a[key], b[key]));
}

/**
 * Orders two values as `$gt` and its kin see them: negative, 0 or positive; `undefined` where they have no order, which
 * are values of different types, and `NaN` beside any other number. A missing value counts as `null`.
 */
export function compareSame(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    return Number.isNaN(a) === Number.isNaN(b) ? compareNumbers(a, b) : undefined;
  }
  const rank = typeRank(a ?? null);
  return rank === typeRank(b ?? null) ? compareInType(rank, a, b) : undefined;
}

/** MongoDB's order over all values: absent, `null`, numbers (`NaN` first), strings, objects, arrays, bytes, booleans, dates. */
export function compareForSort(a: unknown, b: unknown): number {
  const rank = typeRank(a);
  return rank - typeRank(b) || compareInType(rank, a, b);
}

function compareInType(rank: number, a: unknown, b: unknown): number {
  switch (rank) {
    case 2:
      return compareNumbers(a as number, b as number);
    case 3:
      return compareStrings(a as string, b as string);
    case 4:
      return compareFields(a as Fields, b as Fields);
    case 5:
      return compareLists(a as unknown[], b as unknown[]);
    case 6:
      return compareBytes(a as Uint8Array, b as Uint8Array);
    case 7:
      return Number(a) - Number(b);
    case 8:
      return (a as Date).getTime() - (b as Date).getTime();
    default:
      return 0;
  }
}

function compareNumbers(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
}

/** By code point, as UTF-8 sorts. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const byUnit = a < b ? -1 : 1;
  return sortsByUnit(a) || sortsByUnit(b) ? byUnit : compareCodePoints(a, b);
}

/**
 * Whether comparing a string with any other one by UTF-16 code units, as JavaScript does, gives the order of code points
 * too. The two part only where both strings have a unit from 0xd800 up: the surrogates stand for what comes last.
 */
export function sortsByUnit(text: string): boolean {
  return !/[\ud800-\uffff]/.test(text);
}

function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === length) return a.length - b.length;
  return fromSurrogatesUp(a.charCodeAt(i)) - fromSurrogatesUp(b.charCodeAt(i));
}

/** A code unit, the surrogates lifted above all others. */
function fromSurrogatesUp(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

function compareFields(a: Fields, b: Fields): number {
  const keys = Object.keys(a);
  const others = Object.keys(b);
  const shared = Math.min(keys.length, others.length);
  for (let i = 0; i < shared; i++) {
    const key = keys[i] as string;
    const other = others[i] as string;
    const order =
      typeRank(a[key]) - typeRank(b[other]) || compareStrings(key, other) || compareForSort(a[key], b[other]);
    if (order !== 0) return order;
  }
  return keys.length - others.length;
}

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const order = compareForSort(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return a.length - b.length;
  const i = a.findIndex((byte, at) => byte !== b[at]);
  return i < 0 ? 0 : (a[i] as number) - (b[i] as number);
}

/** The order of `_id`s: numbers by size, then strings by UTF-16 code unit. */
export function compareIds(a: Id, b: Id): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

import { describe, InvalidDocumentError } from '../errors.js';
import { setField } from '../set-field.js';
import { isFields } from './is-fields.js';
import { enter, type Place, refused, startingAt } from './place.js';
import { copyTypedArray, typedArrayName } from './typed-arrays.js';

/**
 * Checks what a caller hands in and copies it, in one pass; the copy shares nothing with the original. Storable are
 * `null`, booleans, strings, every number, valid `Date`s, plain objects, arrays, `Map`s, `Set`s and typed arrays. A
 * property that is `undefined` counts as absent, a getter is read once, and the keys of an object that are symbols do
 * not count.
 *
 * @param where the name of the value, with which the path in an error message starts: `trial`.
 * @throws InvalidDocumentError if something in it cannot be stored: names the path and what was found there.
 */
export function storable(value: unknown, where: string): unknown {
  return copy(value, startingAt(where));
}

function copy(value: unknown, place: Place): unknown {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : copyObject(value, place);
    case 'undefined':
      throw refused(place, 'undefined', 'leave it out, or use null');
    default:
      throw refused(place, `a ${typeof value}`, `store what describes it instead`);
  }
}

function copyObject(value: object, place: Place): unknown {
  try {
    return copyOf(value, place);
  } catch (error) {
    if (error instanceof InvalidDocumentError) throw error;
    // A getter or a proxy that throws, or an array of bytes whose buffer was transferred.
    throw refused(place, 'something that cannot be read', 'see the cause', error);
  }
}

function copyOf(value: object, place: Place): unknown {
  if (Array.isArray(value)) return copyArray(value, enter(value, place));
  if (isFields(value)) return copyFields(value, enter(value, place));
  if (ArrayBuffer.isView(value)) return copyView(value, place);
  if (isDate(value)) return copyDate(value, place);
  if (isMap(value)) return copyMap(value, enter(value, place));
  if (isSet(value)) return copySet(value, enter(value, place));
  throw refused(place, `an instance of ${className(value)}`, 'turn it into a plain object first');
}

function copyArray(source: readonly unknown[], place: Place): unknown[] {
  const length = source.length;
  const copied: unknown[] = [];
  for (let i = 0; i < length; i++) {
    place.step = i;
    copied.push(copy(source[i], place));
  }
  // An array that grows reserves room for more elements, which would be kept as long as the document.
  return copied.slice();
}

function copyFields(source: object, place: Place): object {
  const copied: Record<string, unknown> = {};
  for (const key of Object.keys(source)) {
    const value = (source as Record<string, unknown>)[key];
    if (value === undefined) continue;
    place.step = key;
    setField(copied, key, copy(value, place));
  }
  return copied;
}

function copyView(view: ArrayBufferView, place: Place): unknown {
  const name = typedArrayName(view);
  if (name === undefined) throw refused(place, `a ${className(view)}`, 'use a Uint8Array');
  return copyTypedArray(name, view);
}

function copyDate(date: Date, place: Place): Date {
  const time = Date.prototype.getTime.call(date);
  if (Number.isNaN(time)) throw refused(place, 'an invalid Date', 'use null for a time that is not known');
  return new Date(time);
}

function copyMap(source: ReadonlyMap<unknown, unknown>, place: Place): Map<unknown, unknown> {
  const copied = new Map<unknown, unknown>();
  for (const [key, value] of source) {
    place.step = describe(key);
    copied.set(copy(key, place), copy(value, place));
  }
  return copied;
}

function copySet(source: ReadonlySet<unknown>, place: Place): Set<unknown> {
  const copied = new Set<unknown>();
  for (const element of source) {
    place.step = copied.size;
    copied.add(copy(element, place));
  }
  return copied;
}

// The methods and getters used below throw on all but the real thing, and know it in any realm. The tag, which anything
// can bear, spares most values the throw.

function isDate(value: object): value is Date {
  return tagOf(value) === '[object Date]' && answers(() => Date.prototype.getTime.call(value));
}

function isMap(value: object): value is Map<unknown, unknown> {
  return tagOf(value) === '[object Map]' && answers(() => Reflect.get(Map.prototype, 'size', value));
}

function isSet(value: object): value is Set<unknown> {
  return tagOf(value) === '[object Set]' && answers(() => Reflect.get(Set.prototype, 'size', value));
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value);
}

function answers(question: () => unknown): boolean {
  try {
    question();
    return true;
  } catch {
    return false;
  }
}

function className(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === 'string' && name !== '' ? name : 'a class without a name';
}

/** A deep copy of a value that is known to be storable, to be handed out: what its receiver does to it changes nothing here. */
export function snapshot<T>(value: T): T {
  return (typeof value === 'object' && value !== null ? snapshotObject(value) : value) as T;
}

function snapshotObject(value: object): unknown {
  if (Array.isArray(value)) return value.map(snapshot);
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) return snapshotFields(value);
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof Map) return new Map(Array.from(value, snapshot<[unknown, unknown]>));
  if (value instanceof Set) return new Set(Array.from(value, snapshot));
  if (ArrayBuffer.isView(value)) return snapshotView(value);
  return snapshotFields(value);
}

function snapshotFields(source: object): object {
  const copied: Record<string, unknown> = { ...source };
  for (const key of Object.keys(copied)) {
    const value = copied[key];
    if (typeof value === 'object' && value !== null) copied[key] = snapshotObject(value);
  }
  return copied;
}

function snapshotView(view: ArrayBufferView): unknown {
  const name = typedArrayName(view);
  return name === undefined ? view : copyTypedArray(name, view);
}

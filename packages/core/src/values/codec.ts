import { CorruptStoreError, describe, InvalidDocumentError } from '../errors.js';
import { fromBase64, toBase64 } from './base64.js';
import { isTypedArrayName, typedArrayName, typedArrayOver } from './typed-arrays.js';

// What JSON lacks is written as an object of one key, a tag: `{"$date": 0}`. An object of a caller that has one key
// which starts with `$` is written with another `$` in front of it, so that no data is ever taken for a tag.

/**
 * How many levels of JSON a text may have. Values have up to 300 (100 by the path of a change, and 200 in the value set
 * there), of which a map takes three each.
 */
const DEEPEST = 1_000;

/**
 * A storable value as JSON text on one line, which {@link decode} turns back into the same value.
 *
 * @throws InvalidDocumentError if the text would be longer than a string can be (about 500 MB), or a date in it is invalid.
 */
export function encode(value: unknown): string {
  const shown = tagged(value);
  try {
    return JSON.stringify(shown);
  } catch (cause) {
    throw new InvalidDocumentError(
      'What was to be stored is too long for one text: store it in smaller parts',
      {
        cause,
      },
    );
  }
}

/**
 * The value that {@link encode} wrote as `text`.
 *
 * @throws CorruptStoreError if the text is not JSON, or has a tag that is unknown or holds what does not belong there.
 */
export function decode(text: string): unknown {
  try {
    return revived(JSON.parse(text), 0);
  } catch (cause) {
    if (cause instanceof CorruptStoreError) throw cause;
    throw new CorruptStoreError(`${describe(text)} is not the text of a stored value`, { cause });
  }
}

/** The value as JSON can show it: itself as far as nothing in it needs a tag, a copy of what does. */
function tagged(value: unknown): unknown {
  if (typeof value === 'number')
    return isPlainNumber(value) ? value : { $number: Object.is(value, -0) ? '-0' : String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return taggedArray(value);
  if (value instanceof Date) return { $date: timeOf(value) };
  if (value instanceof Map) return { $map: Array.from(value, ([key, held]) => [tagged(key), tagged(held)]) };
  if (value instanceof Set) return { $set: Array.from(value, tagged) };
  if (ArrayBuffer.isView(value)) return taggedBytes(value);
  return taggedFields(value as Record<string, unknown>);
}

function timeOf(date: Date): number {
  const time = date.getTime();
  if (!Number.isNaN(time)) return time;
  throw new InvalidDocumentError(
    'A date that was to be stored is invalid: use null for a time that is not known',
  );
}

function isPlainNumber(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0);
}

function taggedArray(elements: readonly unknown[]): readonly unknown[] {
  let copied: unknown[] | undefined;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    const shown = tagged(element);
    if (shown === element) continue;
    copied ??= elements.slice();
    copied[i] = shown;
  }
  return copied ?? elements;
}

function taggedFields(fields: Record<string, unknown>): object {
  const keys = Object.keys(fields);
  let copied: Record<string, unknown> | undefined;
  for (const key of keys) {
    const value = fields[key];
    const shown = typeof value === 'string' ? value : tagged(value);
    if (shown === value) continue;
    // Spreading makes an own `__proto__` an own field of the copy, so that it can be set like any other.
    copied ??= { ...fields };
    copied[key] = shown;
  }
  const only = keys[0];
  return keys.length === 1 && only?.startsWith('$')
    ? { [`$${only}`]: (copied ?? fields)[only] }
    : (copied ?? fields);
}

function taggedBytes(view: ArrayBufferView): object {
  const base64 = toBase64(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  const name = typedArrayName(view);
  return name === 'Uint8Array' ? { $bytes: base64 } : { $typed: [name, base64] };
}

/**
 * Turns tags back into what they stand for; arrays and objects are changed in place. What is nested deeper than anything that
 * can be stored is refused, as whoever copied or compared it would overflow the stack.
 */
function revived(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST)
    throw new CorruptStoreError(`A stored value is nested more than ${DEEPEST} levels deep`);
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const element: unknown = value[i];
      if (typeof element === 'object') value[i] = revived(element, depth + 1);
    }
    return value;
  }
  return revivedFields(value as Record<string, unknown>, depth);
}

function revivedFields(fields: Record<string, unknown>, depth: number): unknown {
  const keys = Object.keys(fields);
  const only = keys[0];
  if (keys.length === 1 && only?.startsWith('$')) return untagged(only, fields[only], depth);
  for (const key of keys) {
    const value = fields[key];
    if (typeof value === 'object') fields[key] = revived(value, depth + 1);
  }
  return fields;
}

function untagged(tag: string, content: unknown, depth: number): unknown {
  if (tag.startsWith('$$')) return { [tag.slice(1)]: revived(content, depth + 1) };
  const value = Object.hasOwn(readers, tag) ? readers[tag]?.(content, depth + 1) : unknownTag(tag);
  if (value === undefined)
    throw new CorruptStoreError(`The tag ${tag} cannot stand for ${describe(content)}`);
  return value;
}

function unknownTag(tag: string): never {
  throw new CorruptStoreError(
    `${describe(tag)} is no tag that this version knows (${Object.keys(readers).join(', ')})`,
  );
}

const numbers: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
]);

/** What each tag stands for; `undefined` if its content makes no sense. */
const readers: Readonly<Record<string, (content: unknown, depth: number) => unknown>> = {
  $date: (time) => dateOf(time),
  $number: (name) => numbers.get(name),
  $bytes: (base64) => bytesOf(base64),
  $map: (entries, depth) =>
    Array.isArray(entries) && entries.every(isPair)
      ? new Map(revived(entries, depth) as [unknown, unknown][])
      : undefined,
  $set: (elements, depth) =>
    Array.isArray(elements) ? new Set(revived(elements, depth) as unknown[]) : undefined,
  $typed: (content) => typedOf(content),
};

function dateOf(time: unknown): Date | undefined {
  const date = new Date(typeof time === 'number' ? time : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function isPair(entry: unknown): boolean {
  return Array.isArray(entry) && entry.length === 2;
}

function bytesOf(base64: unknown): Uint8Array<ArrayBuffer> | undefined {
  return typeof base64 === 'string' ? fromBase64(base64) : undefined;
}

function typedOf(content: unknown): unknown {
  if (!Array.isArray(content) || !isTypedArrayName(content[0])) return undefined;
  const bytes = bytesOf(content[1]);
  return bytes && typedArrayOver(content[0], bytes);
}

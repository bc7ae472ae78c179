import { CorruptStoreError, describe } from '../errors.js';
import { fromBase64, toBase64 } from './base64.js';
import { isTypedArrayName, typedArrayName, typedArrayOver } from './typed-arrays.js';

// What JSON lacks is written as an object of one key, a tag: `{"$date": 0}`. An object of a caller that has one key
// which starts with `$` is written with another `$` in front of it, so that no data is ever taken for a tag.

/** A storable value as JSON text on one line, which {@link decode} turns back into the same value. */
export function encode(value: unknown): string {
  return JSON.stringify(tagged(value));
}

/**
 * The value that {@link encode} wrote as `text`.
 *
 * @throws CorruptStoreError if the text is not JSON, or has a tag that is unknown or holds what does not belong there.
 */
export function decode(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return text.includes('"$') ? revived(value) : value;
  } catch (cause) {
    if (cause instanceof CorruptStoreError) throw cause;
    // Text that is not JSON, or is nested so deeply that it overflows the stack.
    throw new CorruptStoreError(`${describe(text)} is not the text of a stored value`, { cause });
  }
}

/** The value as JSON can show it: itself as far as nothing in it needs a tag, a copy of what does. */
function tagged(value: unknown): unknown {
  if (typeof value === 'number')
    return isPlainNumber(value) ? value : { $number: Object.is(value, -0) ? '-0' : String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return taggedArray(value);
  if (value instanceof Date) return { $date: value.getTime() };
  if (value instanceof Map) return { $map: Array.from(value, ([key, held]) => [tagged(key), tagged(held)]) };
  if (value instanceof Set) return { $set: Array.from(value, tagged) };
  if (ArrayBuffer.isView(value)) return taggedBytes(value);
  return taggedFields(value as Record<string, unknown>);
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

/** Turns tags back into what they stand for; arrays and objects are changed in place. */
function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const element: unknown = value[i];
      if (typeof element === 'object') value[i] = revived(element);
    }
    return value;
  }
  return revivedFields(value as Record<string, unknown>);
}

function revivedFields(fields: Record<string, unknown>): unknown {
  const keys = Object.keys(fields);
  const only = keys[0];
  if (keys.length === 1 && only?.startsWith('$')) return untagged(only, fields[only]);
  for (const key of keys) {
    const value = fields[key];
    if (typeof value === 'object') fields[key] = revived(value);
  }
  return fields;
}

function untagged(tag: string, content: unknown): unknown {
  if (tag.startsWith('$$')) return { [tag.slice(1)]: revived(content) };
  const value = Object.hasOwn(readers, tag) ? readers[tag]?.(content) : unknownTag(tag);
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
const readers: Readonly<Record<string, (content: unknown) => unknown>> = {
  $date: (time) => (typeof time === 'number' ? new Date(time) : undefined),
  $number: (name) => numbers.get(name),
  $bytes: (base64) => bytesOf(base64),
  $map: (entries) =>
    Array.isArray(entries) && entries.every(isPair)
      ? new Map(revived(entries) as [unknown, unknown][])
      : undefined,
  $set: (elements) => (Array.isArray(elements) ? new Set(revived(elements) as unknown[]) : undefined),
  $typed: (content) => typedOf(content),
};

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

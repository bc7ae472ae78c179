/** What a number, a bracket or a tag takes, more or less. */
const SCALAR = 8;

/** About how many characters of text a stored value takes. */
export function extentOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return SCALAR;
  if (ArrayBuffer.isView(value)) return SCALAR + Math.ceil((value.byteLength * 4) / 3);
  let extent = SCALAR;
  if (value instanceof Map) for (const [key, held] of value) extent += extentOf(key) + extentOf(held);
  else if (Array.isArray(value) || value instanceof Set) for (const each of value) extent += extentOf(each);
  else for (const [key, held] of Object.entries(value)) extent += key.length + 3 + extentOf(held);
  return extent;
}

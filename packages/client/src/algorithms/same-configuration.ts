/** Whether two plain values are the same, whatever the order of their keys. An absent option is the same as `null`. */
export function isSameConfiguration(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return Object.is(a ?? null, b ?? null);
  return [...Object.keys(a), ...Object.keys(b)].every((key) => isSameConfiguration(own(a, key), own(b, key)));
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

function own(object: { readonly [key: string]: unknown }, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * A value as `--json` prints it: plain JSON for `jq` and the like. Dates are ISO texts, numbers that JSON lacks are texts
 * (`"NaN"`, `"Infinity"`), maps and sets and typed arrays are arrays. For an exact copy there is `db dump`.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, replace, indent) ?? 'null';
}

function replace(_: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (value instanceof Map || value instanceof Set) return [...value];
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Uint8Array);
  return value;
}

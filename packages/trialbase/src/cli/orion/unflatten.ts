import type { Fields } from '@trialbase/core/adapter';

/** Orion's database keeps nested documents flat: `refers.parent_id` is `parent_id` in `refers`. */
export function unflatten(flat: Fields): Fields {
  const nested = new Map<string, Map<string, unknown>>();
  const fields: [string, unknown][] = [];
  for (const [key, value] of Object.entries(flat)) {
    const dot = key.indexOf('.');
    if (dot <= 0) {
      fields.push([key, value]);
      continue;
    }
    const field = key.slice(0, dot);
    let inner = nested.get(field);
    if (!inner) {
      inner = new Map();
      nested.set(field, inner);
    }
    inner.set(key.slice(dot + 1), value);
  }
  for (const [field, inner] of nested) fields.push([field, unflatten(Object.fromEntries(inner))]);
  return Object.fromEntries(fields);
}

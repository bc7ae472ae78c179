/** Sets a field that the object then has itself. Assigning to `__proto__` would change the prototype. */
export function setField(object: Record<string, unknown>, field: string, value: unknown): void {
  if (field !== '__proto__') object[field] = value;
  else Object.defineProperty(object, field, { value, writable: true, enumerable: true, configurable: true });
}

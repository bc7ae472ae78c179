import { inspect } from 'node:util';

/** A value as a failed replay prints it. */
export function show(value: unknown): string {
  return inspect(value, { depth: 8, breakLength: 160 });
}

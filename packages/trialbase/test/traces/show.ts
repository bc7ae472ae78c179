import { chai } from 'vitest';

// A difference may be anywhere in a value, so values are shown whole.
chai.config.truncateThreshold = 0;

/** A value as a failed replay prints it. */
export function show(value: unknown): string {
  return chai.util.inspect(value, false, 8);
}

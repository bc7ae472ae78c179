import { chai } from 'vitest';

/** Whether two values are equal all the way down, in any engine. */
export function areSame(one: unknown, other: unknown): boolean {
  return chai.util.eql(one, other);
}

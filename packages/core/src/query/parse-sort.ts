import type { Sort } from '../database.js';
import { describe, InvalidQueryError } from '../errors.js';

/** Reads sort keys: `{ 'metadata.rank': 1, submit_time: -1 }`. @throws InvalidQueryError for anything but 1 and -1. */
export function parseSort(sort: unknown): Sort {
  if (typeof sort !== 'object' || sort === null || Array.isArray(sort)) {
    throw new InvalidQueryError(`A sort order must be an object of fields, not ${describe(sort)}`);
  }
  return Object.entries(sort).map(([key, direction]) => {
    if (direction !== 1 && direction !== -1) {
      throw new InvalidQueryError(`'${key}' is sorted by ${describe(direction)}: use 1 for ascending, -1 for descending`);
    }
    return { path: key.split('.'), descending: direction === -1 };
  });
}

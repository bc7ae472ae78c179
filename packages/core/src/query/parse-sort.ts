import type { Sort } from '../database.js';
import { describe } from '../errors.js';
import { isFields } from '../values/is-fields.js';
import { inside, invalid, isOperatorName, stepsOf, topOf } from './query-place.js';

/**
 * Reads a sort order, `{ 'metadata.rank': 1, submit_time: -1 }`: the first key weighs most.
 *
 * @throws InvalidQueryError if it is no such object: names the key.
 */
export function parseSort(sort: unknown): Sort {
  const top = topOf('The sort order');
  if (!isFields(sort)) throw invalid(top, `must be an object of 1 and -1, not ${describe(sort)}`);
  return Object.entries(sort).map(([key, direction]) => {
    const place = inside(top, key);
    if (isOperatorName(key)) throw invalid(place, 'is an operator, where only fields may stand');
    if (direction !== 1 && direction !== -1)
      throw invalid(place, `must be 1 or -1, not ${describe(direction)}`);
    return { path: stepsOf(key, place), descending: direction === -1 };
  });
}

import type { FindOptions, Sort } from './database.js';
import { describe, InvalidQueryError } from './errors.js';
import { parseSelection } from './query/parse-selection.js';
import { parseSort } from './query/parse-sort.js';
import type { FetchTrialsOptions } from './storage-protocol.js';

/** The order of trials where none is asked for. */
export const bySubmitTime: Sort = [{ path: ['submit_time'], descending: false }];

/** A caller's options for what to return, checked. @throws InvalidQueryError if one makes no sense. */
export function toFindOptions({
  selection,
  sort,
  limit,
  skip,
}: Omit<FetchTrialsOptions, 'where'>): FindOptions {
  const given = {
    selection: parseSelection(selection),
    sort: sort === undefined ? undefined : parseSort(sort),
    limit: checkCount('limit', limit),
    skip: checkCount('skip', skip),
  };
  // An option that is `undefined` would be a value of its own.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function checkCount(name: string, count: number | undefined): number | undefined {
  if (count === undefined || (Number.isInteger(count) && count >= 0)) return count;
  throw new InvalidQueryError(`'${name}' must be a whole number, 0 or more, not ${describe(count)}`);
}

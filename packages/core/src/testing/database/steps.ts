import type { InsertStep, RemoveStep, UpdateStep } from '../../database.js';
import type { Change, Document } from '../../document.js';
import { parseQuery } from '../../query/parse.js';
import type { Collection } from '../../schema.js';
import type { Query } from '../../storage-protocol.js';

/** Steps as the tests write them: queries as users write them, changes as an object with dotted keys. */
export function insert(
  collection: Collection,
  documents: readonly Document[],
  onDuplicate: 'refuse' | 'skip' = 'refuse',
): InsertStep {
  return { kind: 'insert', collection, documents, onDuplicate };
}

export function update(
  collection: Collection,
  where: Query,
  changes: Readonly<Record<string, unknown>>,
  options: Pick<UpdateStep, 'limit' | 'otherwise'> = {},
): UpdateStep {
  return { kind: 'update', collection, where: parseQuery(where), changes: set(changes), ...options };
}

export function remove(collection: Collection, where: Query): RemoveStep {
  return { kind: 'remove', collection, where: parseQuery(where) };
}

export function set(changes: Readonly<Record<string, unknown>>): Change[] {
  return Object.entries(changes).map(([key, value]) => ({ path: key.split('.'), value }));
}

/** A trial with as little as a unique key needs. */
export function trial(_id: string | number, fields: Readonly<Record<string, unknown>> = {}): Document {
  return { _id, experiment: 1, id: `trial ${_id}`, status: 'new', ...fields };
}

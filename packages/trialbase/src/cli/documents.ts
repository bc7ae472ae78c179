import type { Id } from '@trialbase/core';
import {
  type Collection,
  type Condition,
  type Document,
  type Fields,
  type OpenDatabase,
  oneOf,
  type Selection,
} from '@trialbase/core/adapter';

/** So many documents are in memory at once. */
const BATCH = 512;

const onlyId: Selection = { kind: 'include', fields: new Map([['_id', true]]) };

/**
 * The documents of a collection as they are stored, in `_id` order: first their `_id`s are read, then they themselves, a few
 * at a time. One that is removed meanwhile is left out, one that is changed is as it is when it is reached.
 */
export async function* streamDocuments(
  database: OpenDatabase,
  collection: Collection,
  where: Condition,
): AsyncGenerator<Document> {
  const ids = (await database.find(collection, where, { selection: onlyId })).map(idOf);
  for (let start = 0; start < ids.length; start += BATCH) {
    const found = await database.find(collection, oneOf('_id', ids.slice(start, start + BATCH)));
    yield* found as Document[];
  }
}

function idOf(document: Fields): Id {
  return document['_id'] as Id;
}

import {
  type Collection,
  collections,
  encode,
  type Id,
  type Tables,
  type Touched,
} from '@trialbase/core/adapter';

/** The documents that are not the same in both. For whoever cannot know what was done in between. */
export function difference(before: Tables, after: Tables): Touched[] {
  return collections
    .map((collection) => ({ collection, ids: differing(collection, before, after) }))
    .filter(({ ids }) => ids.length > 0);
}

function differing(collection: Collection, before: Tables, after: Tables): Id[] {
  const earlier = new Map(Array.from(before.documents(collection), (document) => [document._id, document]));
  const ids: Id[] = [];
  for (const document of after.documents(collection)) {
    const known = earlier.get(document._id);
    earlier.delete(document._id);
    if (known === undefined || encode(known) !== encode(document)) ids.push(document._id);
  }
  return [...ids, ...earlier.keys()];
}

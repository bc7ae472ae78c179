import type { Document, Id } from '../document.js';
import type { Access } from '../query/plan.js';
import type { ObjectStoreName } from './object-stores.js';

/**
 * One transaction of a store that keeps documents, unique keys and indexes by itself: what `findIn`, `countIn` and
 * `carryOut` are written with. It ends as soon as nothing of it is awaited any more, so nothing else may be.
 */
export interface DocumentTransaction {
  /**
   * The documents that `access` reaches, one list for each of its keys, each in `_id` order; without `access` all of
   * them, in one list. No list is longer than `limit`, which may be infinite.
   */
  read(store: ObjectStoreName, access: Access | undefined, limit: number): Promise<Document[][]>;
  /** The `_id`s of the documents that `access`, by a key that is not the `_id`, reaches: one list for each of its keys. */
  ids(store: ObjectStoreName, access: Access): Promise<Id[][]>;
  /** How many documents there are. */
  count(store: ObjectStoreName): Promise<number>;
  /** Stores new documents, in order. @returns the positions of those that were refused, as a key of theirs is taken. */
  add(store: ObjectStoreName, documents: readonly Document[]): Promise<readonly number[]>;
  /**
   * Stores documents in the place of those with their `_id`s, in order. @returns as `add` does.
   *
   * @param options.keysStand whether their unique keys are what they were, so that none can be refused, nor be waited for.
   */
  put(
    store: ObjectStoreName,
    documents: readonly Document[],
    options: { readonly keysStand: boolean },
  ): Promise<readonly number[]>;
  /** Removes the documents with these `_id`s. */
  remove(store: ObjectStoreName, ids: readonly Id[]): Promise<void>;
}

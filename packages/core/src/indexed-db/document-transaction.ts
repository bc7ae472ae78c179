import type { Document, Id } from '../document.js';
import type { Access } from '../query/plan.js';
import type { Collection } from '../schema.js';

/**
 * One transaction of a store that keeps documents, unique keys and indexes by itself: what `findIn`, `countIn` and
 * `carryOut` are written with. It ends as soon as nothing of it is awaited any more, so nothing else may be.
 */
export interface DocumentTransaction {
  /**
   * The documents that `access` reaches, one list for each of its keys, each in `_id` order; without `access` all of
   * the collection, in one list. No list is longer than `limit`, which may be infinite.
   */
  read(collection: Collection, access: Access | undefined, limit: number): Promise<Document[][]>;
  /** How many documents `access` reaches in a key that is not unique; without `access` how many there are. */
  count(collection: Collection, access: Access | undefined): Promise<number>;
  /** The `_id`s of the documents that `read` would give, in any order. */
  ids(collection: Collection, access: Access | undefined): Promise<Id[]>;
  /** Stores new documents, in order. @returns the positions of those that were refused, as a key of theirs is taken. */
  add(collection: Collection, documents: readonly Document[]): Promise<readonly number[]>;
  /**
   * Stores documents in the place of those with their `_id`s, in order. @returns as `add` does.
   *
   * @param options.keysStand whether their unique keys are what they were, so that none can be refused, nor be waited for.
   */
  put(
    collection: Collection,
    documents: readonly Document[],
    options: { readonly keysStand: boolean },
  ): Promise<readonly number[]>;
  remove(collection: Collection, ids: readonly Id[]): Promise<void>;
}

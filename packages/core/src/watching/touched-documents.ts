import type { Touched } from '../database.js';
import type { Id } from '../document.js';
import { type Collection, schema } from '../schema.js';

/** Gathers the documents that a write touches, each once, in the collections that are watched. */
export class TouchedDocuments {
  readonly #ids = new Map<Collection, Set<Id>>();

  add(collection: Collection, ids: readonly Id[]): void {
    if (ids.length === 0 || !schema[collection].isWatched) return;
    const known = this.#ids.get(collection) ?? new Set();
    this.#ids.set(collection, known);
    for (const id of ids) known.add(id);
  }

  list(): Touched[] {
    return Array.from(this.#ids, ([collection, ids]) => ({ collection, ids: [...ids] }));
  }
}

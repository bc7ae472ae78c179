import type { Touched } from '../database.js';
import type { Id } from '../document.js';
import type { Collection } from '../schema.js';
import type { Effect } from './tables.js';

/** Which documents effects are about, each once. */
export function touchedBy(effects: readonly Effect[]): Touched[] {
  const byCollection = new Map<Collection, Set<Id>>();
  for (const effect of effects) {
    const ids = byCollection.get(effect.collection) ?? new Set();
    byCollection.set(effect.collection, ids.add(effect.kind === 'put' ? effect.document._id : effect.id));
  }
  return Array.from(byCollection, ([collection, ids]) => ({ collection, ids: [...ids] }));
}

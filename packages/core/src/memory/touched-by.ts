import type { Touched } from '../database.js';
import { TouchedDocuments } from '../watching/touched-documents.js';
import type { Effect } from './tables.js';

/** Which documents effects are about, each once. */
export function touchedBy(effects: readonly Effect[]): Touched[] {
  const touched = new TouchedDocuments();
  for (const effect of effects) {
    touched.add(effect.collection, [effect.kind === 'put' ? effect.document._id : effect.id]);
  }
  return touched.list();
}

import type { Collection } from '@trialbase/core/adapter';
import type { Fields, Trace } from './trace.js';

/** Where the two stores part for good in a trace, because one of them cannot have what the other has. */
export class Parting {
  readonly #final: Trace['final'];
  /** Documents that Orion has and this storage cannot have: by Orion's `_id`, a lock by its experiment. */
  readonly #ghosts = new Set<string>();
  /** Fields of documents that differ. */
  readonly #blurred = new Map<string, readonly string[]>();
  /** Collections of which Orion has lost documents. */
  readonly #torn = new Set<Collection>();
  readonly #twoLocks = new Set<unknown>();

  constructor(trace: Trace) {
    this.#final = trace.final;
  }

  haunt(collection: Collection, id: unknown): void {
    this.#ghosts.add(`${collection} ${String(id)}`);
  }

  blur(collection: Collection, id: unknown, fields: readonly string[]): void {
    this.#blurred.set(`${collection} ${String(id)}`, fields);
  }

  tear(collection: Collection): void {
    this.#torn.add(collection);
  }

  /** Orion has two locks for one experiment. */
  doubleLock(experiment: unknown): void {
    this.#twoLocks.add(experiment);
  }

  hasTwoLocks(experiment: unknown): boolean {
    return this.#twoLocks.has(experiment);
  }

  /** Of Orion's documents, those that both have, with the fields that are the same in both. */
  ofOrions(collection: Collection, documents: readonly Fields[]): Fields[] {
    const id = collection === 'algo' ? 'experiment' : '_id';
    const shared = documents.filter((document) => !this.#ghosts.has(`${collection} ${String(document[id])}`));
    return shared.map((document) => this.#sharp(collection, document));
  }

  /** Of the documents here, with Orion's ids. */
  ofHere(collection: Collection, documents: readonly Fields[]): Fields[] {
    const left = this.#final[collection] ?? [];
    const shared = this.#torn.has(collection)
      ? documents.filter(({ _id }) => left.some((document) => document['_id'] === _id))
      : documents;
    return shared.map((document) => this.#sharp(collection, document));
  }

  #sharp(collection: Collection, document: Fields): Fields {
    const blurred = this.#blurred.get(`${collection} ${String(document['_id'])}`);
    if (!blurred) return document;
    return Object.fromEntries(Object.entries(document).filter(([field]) => !blurred.includes(field)));
  }
}

import type { Document, Id } from '../document.js';

/** The documents of a table as they were at one moment, while the table goes on: it tells what it replaces. */
export class TableView {
  readonly #ids: Iterable<Id>;
  readonly #now: (id: Id) => Document | undefined;
  /** What was replaced since, as it was at that moment. */
  readonly #replaced = new Map<Id, Document | undefined>();

  /**
   * @param ids of all documents of that moment.
   * @param now gives a document as it is at the time of the call.
   */
  constructor(ids: Iterable<Id>, now: (id: Id) => Document | undefined) {
    this.#ids = ids;
    this.#now = now;
  }

  /** To be called before a document is put, changed or removed, with what it was. */
  keep(id: Id, before: Document | undefined): void {
    if (!this.#replaced.has(id)) this.#replaced.set(id, before);
  }

  *documents(): Generator<Document> {
    for (const id of this.#ids) {
      yield (this.#replaced.has(id) ? this.#replaced.get(id) : this.#now(id)) as Document;
    }
  }
}

import type { Change, Document, Fields, Id, Path, Raise } from './document.js';
import type { Locks } from './locks/locks.js';
import type { Condition } from './query/condition.js';
import type { Collection } from './schema.js';

/**
 * The waist: all that an adapter has to offer. Each call is one atomic step, seen by others whole or not at all.
 *
 * Ownership: documents and values handed in belong to the database from then on and are not changed by the caller;
 * documents handed out belong to the caller, who may change them without changing the store.
 *
 * After `close()` every other call is a `StorageClosedError`.
 */
export interface Database {
  /** The documents of `collection` that meet `where`, in `_id` order unless `options.sort` says otherwise. */
  find(collection: Collection, where: Condition, options?: FindOptions): Promise<Fields[]>;
  /** How many documents meet `where`. */
  count(collection: Collection, where: Condition): Promise<number>;
  /**
   * Takes the steps, in order, as one: all are stored or none is. The outcomes stand in the order of the steps.
   *
   * @throws DuplicateKeyError if two documents would share a unique key.
   * @throws InvalidDocumentError if a change cannot be applied to a document it meets.
   */
  write<const S extends readonly Step[]>(steps: S, options?: WriteOptions): Promise<Outcomes<S>>;
  /** Lets go of everything that is held. A second call does nothing. */
  close(): Promise<void>;
}

/** What an adapter's `openX` gives: the database, and the locks shared by all who can reach the same data. */
export interface OpenDatabase extends Database {
  /**
   * `undefined` where the platform has no locks that reach as far as the data does, as in a page that was not loaded securely.
   * Algorithm locks are leases then: see the option `lease` of a storage.
   */
  readonly locks: Locks | undefined;
  /**
   * Calls the listener after each write that changed documents in a collection that the schema declares as watched, by whatever
   * connection to the same data it was made, this one too. A write is told once, perhaps together with others, and never before it
   * can be read here; one made here, before it is acknowledged. What a listener throws is reported as an uncaught error, and harms
   * neither the write nor other listeners.
   *
   * The listener is called with nothing when no more may come, and for the last time at `close()`: reading then tells why.
   *
   * @returns what ends it.
   */
  watch(listener: ChangeListener): () => void;
}

/** Documents of one collection that a write has put, changed or removed. */
export interface Touched {
  readonly collection: Collection;
  readonly ids: readonly Id[];
}

/** Takes what a write has touched; it is not to change it. */
export type ChangeListener = (touched: readonly Touched[]) => void;

/** How a write is stored. */
export interface WriteOptions {
  /**
   * `relaxed`: the write need not survive a loss of power, though the store is strict. For what nobody would miss then.
   * Default: as the store was opened.
   */
  readonly durability?: 'relaxed';
}

/** In which order documents are found, how many of them, and what of each. */
export interface FindOptions {
  /** Default: by `_id`. Ties are broken by `_id`. */
  readonly sort?: Sort;
  /** The most documents to return; default: all. */
  readonly limit?: number;
  /** How many documents to leave out before the first returned; default: 0. */
  readonly skip?: number;
  /** The fields to return; default: whole documents. */
  readonly selection?: Selection;
}

/** Sort keys, the most important first. */
export type Sort = readonly { readonly path: Path; readonly descending: boolean }[];

/** A parsed selection: the fields to keep, or those to leave out. The `_id` is one of them. */
export interface Selection {
  readonly kind: 'include' | 'exclude';
  readonly fields: SelectionTree;
}

/** A field is selected whole (`true`), or only what the tree below it names. */
export type SelectionTree = ReadonlyMap<string, true | SelectionTree>;

/** What a write does to one collection. */
export type Step = InsertStep | UpdateStep | RemoveStep;

/** Stores new documents, each with its `_id`. */
export interface InsertStep {
  readonly kind: 'insert';
  readonly collection: Collection;
  readonly documents: readonly Document[];
  /** `refuse`: one duplicate fails the whole write. `skip`: duplicates are left out, the rest is stored. */
  readonly onDuplicate: 'refuse' | 'skip';
}

/** Changes the documents that meet `where`, in `_id` order. */
export interface UpdateStep extends Update {
  readonly kind: 'update';
  readonly collection: Collection;
  /** The most documents to change; default: all that match. */
  readonly limit?: number;
  /** What to do instead where no document meets `where`. */
  readonly otherwise?: Update;
  /** `count`: the outcome is how many documents were changed, which spares handing them out. Default: `documents`. */
  readonly returns?: 'documents' | 'count';
}

/** What is changed, and where. */
export interface Update {
  readonly where: Condition;
  readonly changes: readonly (Change | Raise)[];
}

/** Removes the documents that meet `where`. */
export interface RemoveStep {
  readonly kind: 'remove';
  readonly collection: Collection;
  readonly where: Condition;
}

/** Of an insert: the documents inserted. Of an update: the changed documents as they now stand, or how many. Of a remove: how many. */
export type Outcome<S extends Step = Step> = S extends RemoveStep | { readonly returns: 'count' }
  ? number
  : Document[];

/** The outcomes of a write, in the order of its steps. */
export type Outcomes<S extends readonly Step[]> = { -readonly [I in keyof S]: Outcome<S[I]> };

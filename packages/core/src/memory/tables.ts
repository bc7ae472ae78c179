import { applyChanges } from '../changes.js';
import type { FindOptions, Outcome, Outcomes, Step, Update, UpdateStep } from '../database.js';
import type { Document, Fields, Id } from '../document.js';
import { CorruptStoreError, DuplicateKeyError, describe } from '../errors.js';
import { arrange } from '../query/arrange.js';
import { type Condition, everything } from '../query/condition.js';
import { type Collection, collections, type Schema } from '../schema.js';
import { snapshot } from '../values/values.js';
import { Table } from './table.js';
import type { TableView } from './table-view.js';

/**
 * What a write did to one document, told without the query that found it: doing it again gives the same. `set` names
 * the fields of the document that were changed, each with the whole value that it has now.
 */
export type Effect =
  | { readonly kind: 'put'; readonly collection: Collection; readonly document: Document }
  | { readonly kind: 'set'; readonly collection: Collection; readonly id: Id; readonly fields: Fields }
  | { readonly kind: 'remove'; readonly collection: Collection; readonly id: Id };

/** The documents as they were at one moment. While it is not ended, each write costs a little more. */
export interface TablesView {
  /** To be read, never to be changed; in `_id` order. */
  documents(collection: Collection): Iterable<Document>;
  /** Lets go of the documents. */
  end(): void;
}

/** A write that has been carried out. */
export interface Execution<S extends readonly Step[] = readonly Step[]> {
  readonly outcomes: Outcomes<S>;
  readonly effects: readonly Effect[];
  /** Takes the write back. Only the last one can be. */
  undo(): void;
}

/** All collections in memory, synchronous: the memory database as it is, and what the file store keeps of its journal. */
export class Tables {
  readonly #tables: Readonly<Record<Collection, Table>>;

  constructor(schema: Schema) {
    const tables = collections.map((collection) => [collection, new Table(collection, schema[collection])]);
    this.#tables = Object.fromEntries(tables) as Record<Collection, Table>;
  }

  /** Snapshots of the documents that meet `where`. */
  find(collection: Collection, where: Condition, options: FindOptions = {}): Fields[] {
    const { sort, skip = 0, limit = Number.POSITIVE_INFINITY } = options;
    const found = this.#tables[collection].select(where, sort ? undefined : skip + limit);
    return arrange(found, options).map(snapshot);
  }

  /** How many documents meet `where`. */
  count(collection: Collection, where: Condition): number {
    return this.#tables[collection].count(where);
  }

  /** How many documents there are. */
  get size(): number {
    return collections.reduce((sum, name) => sum + this.#tables[name].count(everything), 0);
  }

  /** The documents as they are stored, in `_id` order: to be read, never to be changed. */
  documents(collection: Collection): Iterable<Document> {
    return this.#tables[collection].all();
  }

  /** All documents as they are now, to be read bit by bit while writes go on. */
  view(): TablesView {
    const views = collections.map((name) => [name, this.#tables[name].view()] as const);
    const byName = Object.fromEntries(views) as Record<Collection, TableView>;
    return {
      documents: (collection) => byName[collection].documents(),
      end: () => {
        for (const [name, view] of views) this.#tables[name].endView(view);
      },
    };
  }

  /** Carries out the steps; where one fails, those before it are taken back. */
  execute<const S extends readonly Step[]>(steps: S): Execution<S> {
    const writing = new Writing(this.#tables);
    try {
      const outcomes = steps.map((step) => writing.take(step)) as Outcomes<S>;
      return { outcomes, effects: writing.effects, undo: () => writing.undo() };
    } catch (error) {
      writing.undo();
      throw error;
    }
  }

  /**
   * Repeats what a write did. The values in the effects belong to the tables from then on.
   *
   * @throws DuplicateKeyError, CorruptStoreError if the documents are not those that it was done to. What comes before is applied.
   */
  apply(effects: readonly Effect[]): void {
    for (const effect of effects) {
      const table = this.#tables[effect.collection];
      if (effect.kind === 'put') table.replace(undefined, effect.document);
      else {
        const before = table.get(effect.id) ?? unknownTo(effect);
        table.replace(before, effect.kind === 'set' ? { ...before, ...effect.fields } : undefined);
      }
    }
  }
}

function unknownTo({ collection, id }: Exclude<Effect, { kind: 'put' }>): never {
  throw new CorruptStoreError(
    `There is no document ${describe(id)} in '${collection}' to change or to remove`,
  );
}

/** One write on its way: what it did so far, and how to take it back. */
class Writing {
  readonly effects: Effect[] = [];
  readonly #tables: Readonly<Record<Collection, Table>>;
  readonly #done: { table: Table; before: Document | undefined; after: Document | undefined }[] = [];

  constructor(tables: Readonly<Record<Collection, Table>>) {
    this.#tables = tables;
  }

  take(step: Step): Outcome {
    if (step.kind === 'insert')
      return this.#insert(step.collection, step.documents, step.onDuplicate === 'skip');
    if (step.kind === 'update') return this.#update(step);
    return this.#remove(step.collection, step.where);
  }

  undo(): void {
    for (const { table, before, after } of this.#done.reverse()) table.replace(after, before);
  }

  #replace(
    collection: Collection,
    before: Document | undefined,
    after: Document | undefined,
    effect: Effect,
  ): void {
    const table = this.#tables[collection];
    table.replace(before, after);
    this.#done.push({ table, before, after });
    this.effects.push(effect);
  }

  #insert(collection: Collection, documents: readonly Document[], skipDuplicates: boolean): Document[] {
    const inserted: Document[] = [];
    for (const document of documents) {
      try {
        this.#replace(collection, undefined, document, { kind: 'put', collection, document });
      } catch (error) {
        if (skipDuplicates && error instanceof DuplicateKeyError) continue;
        throw error;
      }
      inserted.push(snapshot(document));
    }
    return inserted;
  }

  #update(step: UpdateStep): Document[] | number {
    const table = this.#tables[step.collection];
    let update: Update = step;
    let found = table.select(step.where, step.limit);
    if (found.length === 0 && step.otherwise) {
      update = step.otherwise;
      found = table.select(update.where, step.limit);
    }
    const changed = found.map((before) => this.#set(step.collection, before, update.changes));
    return step.returns === 'count' ? changed.length : changed.map(snapshot);
  }

  #set(collection: Collection, before: Document, changes: Update['changes']): Document {
    if (changes.length === 0) return before;
    const after = applyChanges(before, changes);
    const fields = changedIn(after, changes);
    this.#replace(collection, before, after, { kind: 'set', collection, id: before._id, fields });
    return after;
  }

  #remove(collection: Collection, where: Condition): number {
    const found = this.#tables[collection].select(where);
    for (const document of found) {
      this.#replace(collection, document, undefined, { kind: 'remove', collection, id: document._id });
    }
    return found.length;
  }
}

/** The fields of a document in which changes lie, as they are now. */
function changedIn(document: Document, changes: Update['changes']): Fields {
  return Object.fromEntries(changes.map(({ path: [field = ''] }) => [field, document[field]]));
}

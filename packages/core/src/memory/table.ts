import type { Document, Id } from '../document.js';
import { DuplicateKeyError } from '../errors.js';
import { compile } from '../query/compile.js';
import { type Condition, everything } from '../query/condition.js';
import { compareIds } from '../query/order.js';
import { type Access, plan } from '../query/plan.js';
import type { Collection, CollectionSchema } from '../schema.js';
import { KeyIndex, UniqueIndex } from './key-index.js';
import { merged, SortedIds } from './sorted-ids.js';
import { TableView } from './table-view.js';

/**
 * The documents of one collection with their indexes. A document in it is never changed, only replaced, so whoever
 * holds one holds a snapshot.
 */
export class Table {
  readonly #collection: Collection;
  readonly #schema: CollectionSchema;
  readonly #documents = new Map<Id, Document>();
  readonly #order = new SortedIds();
  readonly #unique: readonly UniqueIndex[];
  readonly #indexes: readonly KeyIndex[];
  readonly #views = new Set<TableView>();

  constructor(collection: Collection, schema: CollectionSchema) {
    this.#collection = collection;
    this.#schema = schema;
    this.#unique = schema.unique.map((fields) => new UniqueIndex(fields));
    this.#indexes = schema.indexes.map((fields) => new KeyIndex(fields));
  }

  get(id: Id): Document | undefined {
    return this.#documents.get(id);
  }

  /** The documents, in `_id` order. */
  *all(): Generator<Document> {
    for (const id of this.#order) yield this.#documents.get(id) as Document;
  }

  /** The documents as they are now, to be gone through while the table goes on, until `endView`. */
  view(): TableView {
    const view = new TableView(this.#order.copy(), (id) => this.#documents.get(id));
    this.#views.add(view);
    return view;
  }

  endView(view: TableView): void {
    this.#views.delete(view);
  }

  /** The first `limit` documents that meet `where`, in `_id` order. */
  select(where: Condition, limit: number = Number.POSITIVE_INFINITY): Document[] {
    const access = plan(where, this.#schema);
    const meets = compile(access ? access.rest : where);
    const found: Document[] = [];
    if (limit <= 0) return found;
    for (const id of access ? this.#idsOf(access) : this.#order) {
      const document = this.#documents.get(id);
      if (document === undefined || !meets(document)) continue;
      found.push(document);
      if (found.length >= limit) break;
    }
    return found;
  }

  /** How many documents meet `where`; without looking at them where an index tells. */
  count(where: Condition): number {
    if (where.kind === 'and' && where.conditions.length === 0) return this.#order.size;
    const access = plan(where, this.#schema);
    if (!access || access.unique || access.rest !== everything) return this.select(where).length;
    return this.#setsOf(access).reduce((sum, ids) => sum + ids.size, 0);
  }

  /**
   * Puts `after` in the place of `before`; without `before` it is new, without `after` the document goes.
   *
   * @throws DuplicateKeyError, with nothing changed, if another document has a key of `after`.
   */
  replace(before: Document | undefined, after: Document | undefined): void {
    if (after) this.#checkKeys(before, after);
    const changed = (after ?? before) as Document;
    for (const view of this.#views) view.keep(changed._id, before);
    for (const index of this.#unique) index.replace(before, after);
    for (const index of this.#indexes) index.replace(before, after);
    if (after) {
      this.#documents.set(after._id, after);
      if (!before) this.#order.add(after._id);
    } else if (before) {
      this.#documents.delete(before._id);
      this.#order.delete(before._id);
    }
  }

  #checkKeys(before: Document | undefined, after: Document): void {
    if (!before && this.#documents.has(after._id))
      throw new DuplicateKeyError(this.#collection, ['_id'], [after._id]);
    for (const index of this.#unique) {
      if (!index.refuses(after, before)) continue;
      const values = index.fields.map((field) => after[field] ?? null);
      throw new DuplicateKeyError(this.#collection, index.fields, values);
    }
  }

  #idsOf(access: Access): Iterable<Id> {
    if (!access.unique) return merged(this.#setsOf(access));
    if (access.fields[0] === '_id') return idsAmong(access.keys.map(([id]) => id));
    const index = this.#unique.find(({ fields }) => fields === access.fields);
    return idsAmong(access.keys.map((key) => index?.get(key)));
  }

  #setsOf(access: Access): SortedIds[] {
    const index = this.#indexes.find(({ fields }) => fields === access.fields);
    return access.keys.map((key) => index?.get(key)).filter((ids) => ids !== undefined);
  }
}

function idsAmong(parts: readonly unknown[]): Id[] {
  const ids = parts.filter((part): part is Id => typeof part === 'string' || typeof part === 'number');
  return ids.length > 1 ? ids.sort(compareIds) : ids;
}

import type { Step } from '../database.js';
import type { Document } from '../document.js';
import { type KeyPart, keyOf } from '../keys.js';
import { everything } from '../query/condition.js';
import type { Access } from '../query/plan.js';
import { type Collection, collections, schema } from '../schema.js';
import type { DocumentTransaction } from './document-transaction.js';
import type { Route } from './query.js';
import { type IndexableKey, indexKey, indexName } from './stored-record.js';

/*
 * IndexedDB counts by walking along an index, so the numbers of what the schema declares as `countedBy` are kept: in the object
 * store `counts`, one document for all that have the same text in the first of the two fields. Each transaction that changes
 * how many there are writes it.
 */

/** How many documents there are, by what they have in the second field. None is 0. */
type Numbers = ReadonlyMap<KeyPart, number>;

/** The keys whose numbers together tell how many documents a route leads to; `undefined` where numbers do not tell. */
export function countedKeys({ collection, access, rest }: Route): Access['keys'] | undefined {
  const { countedBy } = schema[collection];
  if (!access || rest !== everything || !access.fields.every((field, i) => field === countedBy?.[i]))
    return undefined;
  // What has another key than a text is not counted.
  return access.keys.every(([first]) => typeof first === 'string') ? access.keys : undefined;
}

/** How many documents have one of the keys that `countedKeys` gave. */
export async function countKept(
  transaction: DocumentTransaction,
  collection: Collection,
  keys: Access['keys'],
): Promise<number> {
  const ids = new Set(keys.map(([first]) => idOf(collection, first)));
  const found = await transaction.read('counts', accessTo(...ids), Number.POSITIVE_INFINITY);
  const numbers = new Map(found.flat().map((document) => [document._id, document['numbers'] as Numbers]));
  let count = 0;
  for (const [first, second] of keys)
    for (const [key, number] of numbers.get(idOf(collection, first)) ?? [])
      if (second === undefined || key === second) count += number;
  return count;
}

/** Whether a step may change a number: only then does its transaction need the object store `counts`. */
export function mayChangeCounts(step: Step): boolean {
  const { countedBy = [] } = schema[step.collection];
  if (step.kind !== 'update') return countedBy.length > 0;
  const changes = [...step.changes, ...(step.otherwise?.changes ?? [])];
  return countedBy.some((field) => changes.some(({ path }) => path[0] === field));
}

/** What a transaction changes in one document of numbers. */
interface ChangesOfNumbers {
  readonly stored: Promise<Numbers>;
  readonly by: Map<KeyPart, number>;
}

/** By how much a transaction changes the numbers. They are asked for as soon as it is known which, to be there at its end. */
export class CountChanges {
  readonly #transaction: DocumentTransaction;
  /** By the `_id` of the document that has the numbers. */
  readonly #changes = new Map<string, ChangesOfNumbers>();

  constructor(transaction: DocumentTransaction) {
    this.#transaction = transaction;
  }

  /** Whether any number may be another one now. */
  get areChanged(): boolean {
    return this.#changes.size > 0;
  }

  /** Counts so many documents like this one in, or out where `number` is below 0. */
  add(collection: Collection, document: Document, number: number): void {
    const [first, second = null] = keyOf(document, schema[collection].countedBy ?? []);
    // Other keys are not counted: documents share them that do not meet the same conditions, as with 1 and true.
    if (typeof first !== 'string') return;
    const { by } = this.#of(idOf(collection, first));
    by.set(second, (by.get(second) ?? 0) + number);
  }

  /** Counts out all documents that have one of the keys that `countedKeys` gave. */
  async clear(collection: Collection, [first, second]: Access['keys'][number]): Promise<void> {
    const { stored, by } = this.#of(idOf(collection, first));
    const numbers = await stored;
    for (const key of [...numbers.keys(), ...by.keys()])
      if (second === undefined || key === second) by.set(key, -(numbers.get(key) ?? 0));
  }

  /** Asks at once, beside the documents that a route leads to, for the numbers that they belong to, where the route tells. */
  expect({ collection, access }: Route): void {
    const { countedBy = [] } = schema[collection];
    if (access?.fields[0] !== countedBy[0]) return;
    for (const [first] of access?.keys ?? [])
      if (typeof first === 'string') this.#of(idOf(collection, first));
  }

  /** Counts a document as what it has become. */
  move(collection: Collection, before: Document, after: Document): void {
    if (!schema[collection].countedBy?.some((field) => before[field] !== after[field])) return;
    this.add(collection, before, -1);
    this.add(collection, after, 1);
  }

  /** Stores the numbers as they are now. */
  async store(): Promise<void> {
    for (const [_id, { stored, by }] of this.#changes) {
      if (by.size === 0) continue;
      const numbers = new Map(await stored);
      for (const [key, change] of by) numbers.set(key, (numbers.get(key) ?? 0) + change);
      for (const [key, number] of numbers) if (number === 0) numbers.delete(key);
      if (numbers.size === 0) await this.#transaction.remove('counts', [_id]);
      else await this.#transaction.put('counts', [{ _id, numbers }], { keysStand: true });
    }
  }

  /** The changes of the numbers in a document, which is asked for where it was not yet. */
  #of(id: string): ChangesOfNumbers {
    let changes = this.#changes.get(id);
    if (!changes) {
      changes = { stored: numbersIn(this.#transaction, id), by: new Map() };
      changes.stored.catch(() => undefined); // where the transaction fails, nobody may come to wait for it
      this.#changes.set(id, changes);
    }
    return changes;
  }
}

/** An index of the documents, as they are gone through to be counted. */
export interface CountableIndex {
  /** A document with the first key after this one. */
  next(key: IndexableKey): Promise<Document | undefined>;
  /** How many documents have this key. */
  count(key: IndexableKey): Promise<number>;
}

/**
 * Counts all documents that are stored, for an object store `counts` that is empty. Of all with the same key one is read: the
 * index counts them.
 *
 * @param indexOf gives an index of a collection by its name.
 */
export async function countAnew(
  transaction: DocumentTransaction,
  indexOf: (collection: Collection, name: string) => CountableIndex,
): Promise<void> {
  const counts = new CountChanges(transaction);
  for (const collection of collections) {
    const { countedBy } = schema[collection];
    if (!countedBy) continue;
    const index = indexOf(collection, indexName(countedBy));
    let document = await index.next(Number.NEGATIVE_INFINITY); // the least key that there is
    while (document) {
      const key = indexKey(keyOf(document, countedBy));
      counts.add(collection, document, await index.count(key));
      document = await index.next(key);
    }
  }
  await counts.store();
}

async function numbersIn(transaction: DocumentTransaction, id: string): Promise<Numbers> {
  const [[found] = []] = await transaction.read('counts', accessTo(id), 1);
  return (found?.['numbers'] ?? new Map()) as Numbers;
}

/** The way to the documents of numbers with these `_id`s. */
function accessTo(...ids: readonly string[]): Access {
  return { fields: ['_id'], unique: true, keys: ids.map((id) => [id]), rest: everything };
}

function idOf(collection: Collection, first: KeyPart | undefined): string {
  return `${collection}/${first}`;
}

import type { Document, Id } from '../document.js';
import { type KeyPart, keyOf } from '../keys.js';
import type { KeyFields } from '../schema.js';
import { SortedIds } from './sorted-ids.js';

/** A tree of maps, one level for each field of the key, so that documents share the parts that their keys have in common. */
type Tree<Leaf> = Map<KeyPart, Tree<Leaf> | Leaf>;

/** Leaves by key. */
class KeyTree<Leaf extends object | string | number> {
  readonly #root: Tree<Leaf> = new Map();

  get(key: readonly KeyPart[]): Leaf | undefined {
    let node: Tree<Leaf> | Leaf | undefined = this.#root;
    for (const part of key) {
      if (node === undefined) return undefined;
      node = (node as Tree<Leaf>).get(part);
    }
    return node as Leaf | undefined;
  }

  set(key: readonly KeyPart[], leaf: Leaf): void {
    let node = this.#root;
    const last = key.length - 1;
    for (let i = 0; i < last; i++) {
      let next = node.get(key[i] as KeyPart) as Tree<Leaf> | undefined;
      if (next === undefined) {
        next = new Map();
        node.set(key[i] as KeyPart, next);
      }
      node = next;
    }
    node.set(key[last] as KeyPart, leaf);
  }

  delete(key: readonly KeyPart[], node: Tree<Leaf> = this.#root, level = 0): void {
    const part = key[level] as KeyPart;
    if (level < key.length - 1) {
      const below = node.get(part) as Tree<Leaf>;
      this.delete(key, below, level + 1);
      if (below.size > 0) return;
    }
    node.delete(part);
  }
}

/** Finds the one document with a key. */
export class UniqueIndex {
  readonly fields: KeyFields;
  readonly #ids = new KeyTree<Id>();

  constructor(fields: KeyFields) {
    this.fields = fields;
  }

  get(key: readonly KeyPart[]): Id | undefined {
    return this.#ids.get(key);
  }

  /** Whether `document` would take a key that another document than `replaced` has. */
  refuses(document: Document, replaced: Document | undefined): boolean {
    if (sameKey(this.fields, replaced, document)) return false;
    const holder = this.#ids.get(keyOf(document, this.fields));
    return holder !== undefined && holder !== replaced?._id;
  }

  replace(before: Document | undefined, after: Document | undefined): void {
    if (sameKey(this.fields, before, after)) return;
    if (before) this.#ids.delete(keyOf(before, this.fields));
    if (after) this.#ids.set(keyOf(after, this.fields), after._id);
  }
}

/** Finds the documents that share a key, in `_id` order. */
export class KeyIndex {
  readonly fields: KeyFields;
  readonly #ids = new KeyTree<SortedIds>();

  constructor(fields: KeyFields) {
    this.fields = fields;
  }

  get(key: readonly KeyPart[]): SortedIds | undefined {
    return this.#ids.get(key);
  }

  replace(before: Document | undefined, after: Document | undefined): void {
    if (sameKey(this.fields, before, after)) return;
    if (before) this.#remove(before);
    if (after) this.#add(after);
  }

  #add(document: Document): void {
    const key = keyOf(document, this.fields);
    let ids = this.#ids.get(key);
    if (ids === undefined) {
      ids = new SortedIds();
      this.#ids.set(key, ids);
    }
    ids.add(document._id);
  }

  #remove(document: Document): void {
    const key = keyOf(document, this.fields);
    const ids = this.#ids.get(key) as SortedIds;
    ids.delete(document._id);
    if (ids.size === 0) this.#ids.delete(key);
  }
}

/** Most updates touch no key: they are told by comparing the fields, without building keys. */
function sameKey(fields: KeyFields, before: Document | undefined, after: Document | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return fields.every((field) => before[field] === after[field]);
}

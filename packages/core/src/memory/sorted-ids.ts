import type { Id } from '../document.js';
import { compareIds } from '../query/order.js';

/** Past this many ids a chunk is split, so that an insertion never moves more than these. */
const CHUNK = 1024;

/**
 * A set of ids in `_id` order: chunks of sorted arrays. Ids mostly arrive in order and then go to the end of the last
 * chunk; one that does not costs two binary searches and a move within its chunk.
 */
export class SortedIds implements Iterable<Id> {
  readonly #chunks: Id[][] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(id: Id): void {
    this.#size += 1;
    const at = Math.min(this.#chunkOf(id), this.#chunks.length - 1);
    const chunk = this.#chunks[at];
    if (chunk === undefined) {
      this.#chunks.push([id]);
      return;
    }
    if (compareIds(chunk[chunk.length - 1] as Id, id) < 0) chunk.push(id);
    else chunk.splice(position(chunk, id), 0, id);
    if (chunk.length > CHUNK) this.#split(at, chunk);
  }

  /** Removes an id that is in the set. */
  delete(id: Id): void {
    const at = this.#chunkOf(id);
    const chunk = this.#chunks[at] as Id[];
    chunk.splice(position(chunk, id), 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
    this.#size -= 1;
  }

  *[Symbol.iterator](): IterableIterator<Id> {
    for (const chunk of this.#chunks) yield* chunk;
  }

  /** The same set, which later changes of this one leave as it is. */
  copy(): SortedIds {
    const copy = new SortedIds();
    for (const chunk of this.#chunks) copy.#chunks.push(chunk.slice());
    copy.#size = this.#size;
    return copy;
  }

  /** The first chunk whose last id is not before `id`; the number of chunks where there is none. */
  #chunkOf(id: Id): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const chunk = this.#chunks[middle] as Id[];
      if (compareIds(chunk[chunk.length - 1] as Id, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Ids that arrive in order fill the last chunk: it is cut near its end, so that full chunks stay behind. */
  #split(at: number, chunk: Id[]): void {
    const isLast = at === this.#chunks.length - 1;
    this.#chunks.splice(at + 1, 0, chunk.splice(isLast ? CHUNK - 32 : CHUNK >>> 1));
  }
}

/** Where `id` stands, or would stand, in a sorted array. */
function position(ids: readonly Id[], id: Id): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareIds(ids[middle] as Id, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The ids of several sets, none of which share one, in `_id` order. */
export function merged(sets: readonly SortedIds[]): Iterable<Id> {
  const [only] = sets;
  if (sets.length === 1 && only) return only;
  // Merging looks at the head of every set for each id; with many sets, sorting them all is cheaper.
  return sets.length > 16 ? sets.flatMap((ids) => [...ids]).sort(compareIds) : merge(sets);
}

function* merge(sets: readonly SortedIds[]): Generator<Id> {
  const heads = sets.map((ids) => ids[Symbol.iterator]()).map((rest) => ({ rest, next: rest.next() }));
  for (;;) {
    let least: (typeof heads)[number] | undefined;
    for (const head of heads) {
      if (head.next.done) continue;
      if (least === undefined || compareIds(head.next.value, least.next.value as Id) < 0) least = head;
    }
    if (least === undefined) return;
    yield least.next.value as Id;
    least.next = least.rest.next();
  }
}

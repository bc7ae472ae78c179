import type { Call } from './call.js';

/**
 * The answered calls of a history that have no place in the order yet: the starts and the ends of calls as one list in
 * order of time, from which a call that is given its place is lifted, and into which it is put back (Lowe, 2017).
 */
export class OpenCalls {
  readonly #times: readonly number[];
  /** The nodes of the list: `i + 1` is the start of call `i`, `i + 1 + count` its end, 0 the list's own. */
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #count: number;

  /** @param calls answered calls, by their start. */
  constructor(calls: readonly Call[]) {
    this.#count = calls.length;
    const starts = calls.map(({ start }) => start);
    this.#times = [0, ...starts, ...calls.map(({ end = Number.POSITIVE_INFINITY }) => end)];
    this.#next = new Int32Array(2 * this.#count + 1);
    this.#previous = new Int32Array(2 * this.#count + 1);
    // Calls that touch may have happened in either order, so at the same time a start comes first.
    const nodes = Array.from({ length: 2 * this.#count }, (_, i) => i + 1);
    nodes.sort((a, b) => this.#timeOf(a) - this.#timeOf(b) || a - b);
    this.#chain(nodes);
  }

  get isEmpty(): boolean {
    return this.#next[0] === 0;
  }

  /** The calls that may come next, as no other ended before they started, and the time of the first end. */
  first(): { readonly calls: number[]; readonly until: number } {
    const calls: number[] = [];
    let node = this.#next[0] ?? 0;
    for (; node !== 0 && node <= this.#count; node = this.#next[node] ?? 0) calls.push(node - 1);
    return { calls, until: node === 0 ? Number.POSITIVE_INFINITY : this.#timeOf(node) };
  }

  /** The open calls that start before a call with this number: at most as many as ran at the same time. */
  before(call: number): number[] {
    const calls: number[] = [];
    for (let node = this.#next[0] ?? 0; node !== 0; node = this.#next[node] ?? 0) {
      if (node > this.#count) continue;
      if (node - 1 >= call) break;
      calls.push(node - 1);
    }
    return calls;
  }

  lift(call: number): void {
    for (const node of [call + 1, call + 1 + this.#count]) {
      const [before, after] = [this.#previous[node] ?? 0, this.#next[node] ?? 0];
      this.#next[before] = after;
      this.#previous[after] = before;
    }
  }

  /** Puts back the call that was lifted last. */
  putBack(call: number): void {
    for (const node of [call + 1 + this.#count, call + 1]) {
      this.#next[this.#previous[node] ?? 0] = node;
      this.#previous[this.#next[node] ?? 0] = node;
    }
  }

  #chain(nodes: readonly number[]): void {
    let before = 0;
    for (const node of [...nodes, 0]) {
      this.#next[before] = node;
      this.#previous[node] = before;
      before = node;
    }
  }

  #timeOf(node: number): number {
    return this.#times[node] as number;
  }
}

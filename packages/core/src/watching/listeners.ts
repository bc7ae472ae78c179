import type { ChangeListener, Touched } from '../database.js';

/** Starts to tell of changes. @returns what ends it. */
export type ChangeSource = (tell: ChangeListener) => () => void;

/** Those who watch one connection to a store. */
export class Listeners {
  readonly #source: ChangeSource | undefined;
  readonly #watches = new Set<{ readonly listener: ChangeListener }>();
  #endSource: (() => void) | undefined;

  /** @param source where changes come from that `tell` is not called for. It runs only while somebody watches. */
  constructor(source?: ChangeSource) {
    this.#source = source;
  }

  /** How many there are. */
  get size(): number {
    return this.#watches.size;
  }

  /** Calls the listener with all that is told from now on. @returns what ends it. */
  watch(listener: ChangeListener): () => void {
    const watch = { listener };
    this.#watches.add(watch);
    this.#endSource ??= this.#source?.((touched) => this.tell(touched));
    return () => {
      if (this.#watches.delete(watch) && this.#watches.size === 0) this.#end();
    };
  }

  /** Calls all of them before it returns. */
  tell(touched: readonly Touched[]): void {
    // A list of its own: a listener may end this watch or begin another.
    for (const watch of Array.from(this.#watches)) {
      if (!this.#watches.has(watch)) continue;
      try {
        watch.listener(touched);
      } catch (error) {
        // As an event listener's error: whoever made the change is not to suffer from it, and it is not swallowed.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Calls all of them a last time, with nothing: who waits for a change learns that none will come. */
  close(): void {
    this.tell([]);
    this.#watches.clear();
    this.#end();
  }

  #end(): void {
    this.#endSource?.();
    this.#endSource = undefined;
  }
}

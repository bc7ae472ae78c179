import type { OpenDatabase, Touched } from '../database.js';
import type { Id } from '../document.js';

/** The trials that were touched since they were last asked for, whatever experiment they are of. */
export class TouchedTrials {
  #ids = new Set<Id>();
  #isDue = false;
  #hasEnded = false;
  #wake: () => void = () => undefined;
  #stop: () => void = () => undefined;

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  watch(database: OpenDatabase): void {
    this.#stop = database.watch((touched) => this.#add(touched));
  }

  /** Waits until there are some, or the end has come. None at all: reading would tell of some trouble. */
  async next(): Promise<ReadonlySet<Id>> {
    if (!this.#isDue && !this.#hasEnded) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const ids = this.#ids;
    this.#ids = new Set();
    this.#isDue = false;
    return ids;
  }

  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#stop();
    this.#wake();
  }

  #add(touched: readonly Touched[]): void {
    const trials = touched.filter(({ collection }) => collection === 'trials');
    if (touched.length > 0 && trials.length === 0) return;
    for (const { ids } of trials) for (const id of ids) this.#ids.add(id);
    this.#isDue = true;
    this.#wake();
  }
}

import { Observer } from '../observer.js';
import type { Search } from '../search.js';
import type { Report, StoppingJudge, StoppingRule } from './stopping-rule.js';

/**
 * Milliseconds for which what is known of the completed trials is new enough: a rule judges by many of them, so that one more
 * hardly matters, and however often evaluations ask, the store is looked at five times a second.
 */
const FRESH = 200;

/** Asks a stopping rule, having told it of all trials that were completed. The workers of one `workOn` share it. */
export class Advice {
  readonly #judge: StoppingJudge;
  readonly #observer: Observer;
  #learning: Promise<void> | undefined;
  #freshUntil = Number.NEGATIVE_INFINITY;

  constructor({ storage, record }: Search, rule: StoppingRule) {
    this.#judge = rule.create();
    this.#observer = new Observer(storage, record);
  }

  async shouldStop(reports: readonly Report[]): Promise<boolean> {
    if (performance.now() >= this.#freshUntil) {
      this.#learning ??= this.#learn();
      await this.#learning;
    }
    return this.#judge.shouldStop(reports);
  }

  async #learn(): Promise<void> {
    try {
      // A store that fails is no reason to break an evaluation: its heartbeat or its results will meet that, if it does not pass.
      const ended = await this.#observer.next().catch(() => []);
      this.#judge.observe(ended);
      this.#freshUntil = performance.now() + FRESH;
    } finally {
      this.#learning = undefined;
    }
  }
}

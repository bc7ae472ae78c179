import type { Outcome } from '../evaluation/outcome.js';
import type { WorkOptions } from './work-options.js';

/** What the workers of one call do together: none begins a trial that the call does not need. */
export class Shift {
  completed = 0;
  broken = 0;
  readonly #maxTrials: number;
  readonly #maxBroken: number;
  #places = 0;
  #ended = new AbortController();
  #freed = new AbortController();

  constructor(options: Pick<WorkOptions, 'maxTrials' | 'maxBroken'>) {
    this.#maxTrials = options.maxTrials ?? Number.POSITIVE_INFINITY;
    this.#maxBroken = options.maxBroken ?? Number.POSITIVE_INFINITY;
  }

  /** Which limit of the call is reached. */
  get over(): 'max-trials' | 'max-broken' | undefined {
    if (this.completed >= this.#maxTrials) return 'max-trials';
    return this.broken >= this.#maxBroken ? 'max-broken' : undefined;
  }

  /** Aborted when the next trial ends. */
  get trialEnds(): AbortSignal {
    return this.#ended.signal;
  }

  /** Aborted when the next place is given back. */
  get placeIsFree(): AbortSignal {
    return this.#freed.signal;
  }

  /** Takes a place, for one trial. @returns whether there was one: others may be at work on the last ones. */
  enter(): boolean {
    if (this.completed + this.#places >= this.#maxTrials) return false;
    this.#places += 1;
    return true;
  }

  /** Gives the place back, with what became of the trial where there was one. */
  leave(outcome?: Outcome): void {
    this.#places -= 1;
    if (outcome?.kind === 'completed') this.completed += 1;
    if (outcome?.kind === 'broken') this.broken += 1;
    if (outcome) {
      this.#ended.abort();
      this.#ended = new AbortController();
    }
    this.#freed.abort();
    this.#freed = new AbortController();
  }
}

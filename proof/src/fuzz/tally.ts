import type { RunReport } from '../run-report.js';

/** When to stop, and where chance begins. */
export interface Budget {
  readonly seed: number;
  readonly cases: number;
  /** By `performance.now()`. */
  readonly until: number;
}

export type Findings = Pick<RunReport, 'figures' | 'faults' | 'notes'>;

/** More faults than these tell nothing new. */
const MOST_FAULTS = 20;

/** Counts what a run has met, and keeps the faults it found. */
export class Tally {
  readonly #figures = new Map<string, number>();
  readonly #faults: string[] = [];
  readonly #notes: string[] = [];

  count(what: string, by = 1): void {
    this.#figures.set(what, (this.#figures.get(what) ?? 0) + by);
  }

  fault(what: string): void {
    this.count('faults');
    if (this.#faults.length < MOST_FAULTS) this.#faults.push(what);
  }

  note(what: string): void {
    this.#notes.push(what);
  }

  get cases(): number {
    return this.#figures.get('cases') ?? 0;
  }

  /** Whether to go on: neither the cases nor the time is used up. */
  goesOn({ cases, until }: Budget): boolean {
    return this.cases < cases && performance.now() < until;
  }

  findings(): Findings {
    return { figures: Object.fromEntries(this.#figures), faults: this.#faults, notes: this.#notes };
  }
}

import type { Id } from '../document.js';
import type { LockDocument } from './lock-document.js';
import type { Wait } from './wait.js';

/** Whose turn it is to hold an algorithm lock. */
export interface Turns {
  /**
   * Waits for the turn, takes the lock in it, and runs `hold` with the lock as taken. The turn ends when that settles.
   *
   * Where the experiment has no lock to take, `hold` is not called.
   *
   * @throws the reason of the wait's signal if that is aborted first.
   */
  take(experiment: Id, wait: Wait, hold: Hold): Promise<void>;
  /** Runs `callback` in a turn taken at once, whoever has it; the former holder is not stopped. */
  seize<T>(experiment: Id, callback: () => Promise<T>): Promise<T>;
  /** Who has the turn and since when, as the end of a sentence. */
  describeHolder(document: LockDocument): Promise<string>;
}

export type Hold = (taken: LockDocument) => Promise<unknown>;

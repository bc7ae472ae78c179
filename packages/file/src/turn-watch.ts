import { isGone } from './process-identity.js';
import type { ClaimFile } from './turn.js';

/** One waiter's judgement of who has the turn, by what it has seen itself. */
export class TurnWatch {
  readonly #staleAfter: number;
  #number = -1;
  #sign = 0;
  #lookedAt = 0;
  #unchangedFor = 0;

  constructor(staleAfter: number) {
    this.#staleAfter = staleAfter;
  }

  /** Whether a turn is over: given back, its process gone, or no sign of life for `staleAfter`. To be asked again and again. */
  isOver(number: number, file: ClaimFile): boolean {
    this.#look(number, file.sign);
    if (file.ended) return true;
    if (file.claim && isGone(file.claim)) return true;
    return this.#unchangedFor > this.#staleAfter;
  }

  #look(number: number, sign: number): void {
    const now = performance.now();
    if (number !== this.#number || sign !== this.#sign) {
      this.#number = number;
      this.#sign = sign;
      this.#unchangedFor = 0;
    } else {
      // Time that this waiter slept through itself (stopped, suspended, busy) proves nothing about the other.
      this.#unchangedFor += Math.min(now - this.#lookedAt, this.#staleAfter / 4);
    }
    this.#lookedAt = now;
  }
}

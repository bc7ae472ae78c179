import { Silence } from '@trialbase/core/adapter';
import { isGone } from './process-identity.js';
import type { ClaimFile } from './turn.js';

/** One waiter's judgement of who has the turn, by what it has seen itself. */
export class TurnWatch {
  readonly #staleAfter: number;
  readonly #silence: Silence;

  constructor(staleAfter: number) {
    this.#staleAfter = staleAfter;
    this.#silence = new Silence(staleAfter / 4);
  }

  /** Whether a turn is over: given back, its process gone, or no sign of life for `staleAfter`. To be asked again and again. */
  isOver(number: number, file: ClaimFile): boolean {
    const silentFor = this.#silence.look(`${number} ${file.sign}`);
    if (file.ended) return true;
    if (file.claim && isGone(file.claim)) return true;
    return silentFor > this.#staleAfter;
  }
}

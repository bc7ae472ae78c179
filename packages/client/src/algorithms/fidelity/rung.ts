import type { AnyParams } from '../../space/param-types.js';
import { type Outcome, placeAmong } from '../outcome.js';

/** A configuration that was evaluated on a rung, and what came out. */
export interface Finisher extends Outcome {
  readonly key: string;
  readonly point: AnyParams;
}

/** The configurations that were evaluated on one rung of ASHA. */
export class Rung {
  readonly #ranked: Finisher[] = [];
  /** Those that were not evaluated on the next rung, best first. */
  readonly #waiting: Finisher[] = [];
  readonly #finishers = new Map<string, Finisher>();

  /** @param hasClimbed whether it was evaluated on the next rung already. */
  add(finisher: Finisher, hasClimbed: boolean): void {
    this.#finishers.set(finisher.key, finisher);
    this.#ranked.splice(placeAmong(this.#ranked, finisher), 0, finisher);
    if (!hasClimbed) this.#waiting.splice(placeAmong(this.#waiting, finisher), 0, finisher);
  }

  /** Notes that a configuration was evaluated on the next rung. */
  climbed(key: string): void {
    const finisher = this.#finishers.get(key);
    if (!finisher) return;
    const place = placeAmong(this.#waiting, finisher);
    if (this.#waiting[place] === finisher) this.#waiting.splice(place, 1);
  }

  /** The best configuration that is among the best 1/`base` and waits, unless `isClimbing`. */
  promotable(base: number, isClimbing: (key: string) => boolean): Finisher | undefined {
    const places = Math.floor(this.#ranked.length / base);
    const first = this.#waiting.find(({ key }) => !isClimbing(key));
    return first && placeAmong(this.#ranked, first) < places ? first : undefined;
  }
}

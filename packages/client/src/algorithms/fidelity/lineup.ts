import { type Contender, isBefore } from './contender.js';

/** How many configurations begin a bracket, and on which rung. */
export interface BracketPlan {
  readonly rung: number;
  readonly size: number;
}

/** The configurations that began on one rung, in the order in which they did: so many at a time make a bracket. */
export class Lineup {
  readonly plan: BracketPlan;
  readonly #contenders: Contender[] = [];
  /** The numbers of the brackets that have nothing more to do. */
  readonly #finished = new Set<number>();

  constructor(plan: BracketPlan) {
    this.plan = plan;
  }

  get length(): number {
    return this.#contenders.length;
  }

  add(contender: Contender): void {
    const place = this.#placeOf(contender);
    this.#contenders.splice(place, 0, contender);
    this.#reopen(place);
  }

  remove(contender: Contender): void {
    const place = this.#placeOf(contender);
    this.#contenders.splice(place, 1);
    this.#reopen(place);
  }

  /** The brackets that may have something to do, by number. Only the last can be short of configurations. */
  *brackets(): Generator<readonly [number, readonly Contender[]]> {
    const { size } = this.plan;
    for (let number = 0; number * size < this.#contenders.length; number += 1) {
      if (this.#finished.has(number)) continue;
      yield [number, this.#contenders.slice(number * size, (number + 1) * size)];
    }
  }

  /** Notes that a bracket has nothing more to do. */
  finish(number: number): void {
    this.#finished.add(number);
  }

  /** Clocks that differ may put a configuration before others that are known already, which then move on by one place. */
  #reopen(place: number): void {
    for (let number = Math.floor(place / this.plan.size); this.#finished.has(number); number += 1) {
      this.#finished.delete(number);
    }
  }

  #placeOf({ start }: Contender): number {
    let low = 0;
    let high = this.#contenders.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore((this.#contenders[middle] as Contender).start, start)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

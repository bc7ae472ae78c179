import type { Random } from '../../random.js';
import { countPoints, pointAt } from '../../space/enumerate.js';
import type { AnyParams } from '../../space/param-types.js';
import type { UnitSpace, Vector } from './unit-space.js';

/** How often a point is drawn from the priors before the points of the space are gone through. */
const DRAWS = 100;

/** Where more than this share of a finite space is known, draws mostly give what is known. */
const MOSTLY = 0.99;

/** The points that need not be suggested again. */
export class KnownPoints {
  readonly #space: UnitSpace;
  readonly #size: number;
  readonly #keys = new Set<string>();
  /** For positions in a finite space whose points are known a later position, before which all are known. */
  readonly #later = new Map<number, number>();

  constructor(space: UnitSpace) {
    this.#space = space;
    this.#size = countPoints(space.space);
  }

  add(point: AnyParams): void {
    this.#keys.add(this.#space.keyOf(point));
  }

  has(point: AnyParams): boolean {
    return this.#keys.has(this.#space.keyOf(point));
  }

  /**
   * The first point among those at `wanted` that is neither known nor among `others`; where there is none, one at random.
   *
   * @returns `undefined` where a finite space is used up, or all that its priors give is known.
   */
  firstNew(wanted: Iterable<Vector>, others: KnownPoints, random: Random): AnyParams | undefined {
    const isNew = (point: AnyParams): boolean => !this.has(point) && !others.has(point);
    for (const vector of wanted) {
      const point = this.#space.decode(vector);
      if (isNew(point)) return point;
    }
    const draws = this.#keys.size > MOSTLY * this.#size ? 0 : DRAWS;
    for (let i = 0; i < draws; i += 1) {
      const point = this.#space.decode(this.#space.draw(random));
      if (isNew(point)) return point;
    }
    return this.#size === Number.POSITIVE_INFINITY ? undefined : this.#search(others, random);
  }

  /** Goes through a finite space from a random place on. */
  #search(others: KnownPoints, random: Random): AnyParams | undefined {
    const start = random.integer(this.#size);
    return this.#between(start, this.#size, others) ?? this.#between(0, start, others);
  }

  /** The first new point at the positions from `start` to before `end`. */
  #between(start: number, end: number, others: KnownPoints): AnyParams | undefined {
    for (let i = this.#skip(start); i < end; i = this.#skip(i + 1)) {
      const point = pointAt(this.#space.space, i);
      if (this.has(point)) this.#later.set(i, i + 1);
      else if (!others.has(point)) return point;
    }
    return undefined;
  }

  /**
   * The first position from `start` on that was not found to be known. The way there is cut short for the next time, so that
   * a space is gone through once and not for each point (as sets are found in R. Tarjan 1975, "Efficiency of a good but not
   * linear set union algorithm").
   */
  #skip(start: number): number {
    let end = start;
    for (let next = this.#later.get(end); next !== undefined; next = this.#later.get(end)) end = next;
    for (let at = start; at !== end; ) {
      const next = this.#later.get(at) as number;
      this.#later.set(at, end);
      at = next;
    }
    return end;
  }
}

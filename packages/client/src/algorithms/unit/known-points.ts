import type { Random } from '../../random.js';
import { countPoints, pointAt } from '../../space/enumerate.js';
import type { AnyParams } from '../../space/param-types.js';
import type { UnitSpace, Vector } from './unit-space.js';

/** How often a point is drawn from the priors before the points of the space are gone through. */
const DRAWS = 100;

/** The points that need not be suggested again. */
export class KnownPoints {
  readonly #space: UnitSpace;
  readonly #size: number;
  readonly #keys = new Set<string>();

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
    const isNew = (point: AnyParams): boolean => {
      const key = this.#space.keyOf(point);
      return !this.#keys.has(key) && !others.#keys.has(key);
    };
    for (const vector of wanted) {
      const point = this.#space.decode(vector);
      if (isNew(point)) return point;
    }
    for (let i = 0; i < DRAWS; i += 1) {
      const point = this.#space.decode(this.#space.draw(random));
      if (isNew(point)) return point;
    }
    return this.#size === Number.POSITIVE_INFINITY ? undefined : this.#search(isNew, random);
  }

  /** Goes through a finite space from a random place on. */
  #search(isNew: (point: AnyParams) => boolean, random: Random): AnyParams | undefined {
    const start = random.integer(this.#size);
    for (let i = 0; i < this.#size; i += 1) {
      const point = pointAt(this.#space.space, (start + i) % this.#size);
      if (isNew(point)) return point;
    }
    return undefined;
  }
}

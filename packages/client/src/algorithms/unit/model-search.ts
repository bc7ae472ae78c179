import type { Trial } from '@trialbase/core';
import { type Random, type RandomState, resumeRandom } from '../../random.js';
import type { AnyParams } from '../../space/param-types.js';
import { pointOf, type Space } from '../../space/space.js';
import type { Algorithm } from '../algorithm.js';
import { haltonPoint } from '../halton/halton-point.js';
import { History, type Sample } from './history.js';
import { KnownPoints } from './known-points.js';
import { UnitSpace, type Vector } from './unit-space.js';

/** What an algorithm that learns believes of a space. It holds nothing that {@link propose} is not given. */
export interface Model {
  /**
   * Where to look next: vectors, the most promising first.
   *
   * @param samples what was learned, best first; at least one.
   * @param underWay what will be known soon.
   */
  propose(samples: readonly Sample[], underWay: readonly Vector[], random: Random): Iterable<Vector>;
}

export interface ModelSearchState {
  readonly random: RandomState;
  /** What the first points are scrambled with. */
  readonly design: RandomState;
  /** How many points were suggested. */
  readonly suggested: number;
}

/** A search by a model: first points that cover the space evenly, then those that the model proposes. */
export class ModelSearch implements Algorithm {
  readonly needsObservations = true;
  readonly #space: UnitSpace;
  readonly #model: Model | undefined;
  readonly #startup: number;
  readonly #history: History;
  readonly #ended: KnownPoints;
  #state: ModelSearchState;

  /**
   * @param startup how many points are known, or under way, before the model is asked.
   * @param model without one, all points are such that cover the space.
   */
  constructor(
    space: Space,
    random: RandomState,
    startup: number = Number.POSITIVE_INFINITY,
    model?: (space: UnitSpace) => Model,
  ) {
    this.#space = new UnitSpace(space);
    this.#model = model?.(this.#space);
    this.#startup = startup;
    this.#history = new History(this.#space);
    this.#ended = new KnownPoints(this.#space);
    this.#state = { random, design: random, suggested: 0 };
  }

  suggest(count: number, pending: readonly Trial[]): AnyParams[] {
    const random = resumeRandom(this.#state.random);
    const open = new KnownPoints(this.#space);
    const underWay: Vector[] = [];
    const note = (point: AnyParams): void => {
      open.add(point);
      underWay.push(this.#space.encode(point));
    };
    for (const trial of pending) note(pointOf(trial));
    const points: AnyParams[] = [];
    let { suggested } = this.#state;
    while (points.length < count) {
      const wanted = this.#wanted(suggested, underWay, random);
      const point = this.#ended.firstNew(wanted, open, random);
      if (!point) break;
      note(point);
      points.push(point);
      suggested += 1;
    }
    this.#state = { ...this.#state, random: random.state(), suggested };
    return points;
  }

  observe(trials: readonly Trial[]): void {
    for (const trial of trials) this.#ended.add(pointOf(trial));
    this.#history.add(trials);
  }

  state(): ModelSearchState {
    return this.#state;
  }

  setState(state: unknown): void {
    this.#state = state as ModelSearchState;
  }

  #wanted(suggested: number, underWay: readonly Vector[], random: Random): Iterable<Vector> {
    const { samples } = this.#history;
    if (!this.#model || samples.length === 0 || samples.length + underWay.length < this.#startup) {
      return [this.#space.at(haltonPoint(this.#space.axes.length, suggested, this.#state.design))];
    }
    return this.#model.propose(samples, underWay, random);
  }
}

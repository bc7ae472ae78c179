import { describe, InvalidConfigurationError } from '@trialbase/core';
import { parentsOf } from '../../space/condition.js';
import { enumerate, type Points } from '../../space/enumerate.js';
import type { AnyParams } from '../../space/param-types.js';
import type { Space } from '../../space/space.js';
import type { Algorithm, AlgorithmDefinition } from '../algorithm.js';
import { gridValues } from './grid-values.js';
import { stepOn, strideOf } from './stride.js';

/** The levels of a dimension, unless told otherwise. */
const LEVELS = 5;

/** How fine the {@link grid} is. */
export interface GridOptions {
  /** How many levels numbers have: for all parameters, or by their names. Default: 5, also for those not named. */
  readonly levels?: number | { readonly [name: string]: number };
}

/**
 * Goes through a grid: all categories, and numbers at evenly spaced levels, by their ratios where their scale is
 * logarithmic, from bound to bound (of a normal distribution from two deviations below the mean to two above). Whole
 * numbers that have no more values than levels have them all, and besides those that conditions name. It begins in the
 * middle and goes on by the golden section of the number of points, so that it has spread over the whole grid whenever it
 * is stopped; it ends when all points have been.
 *
 * @throws InvalidConfigurationError if an option makes no sense; `create` throws one if the grid has more than 2^53
 * points, or the levels name a parameter that is not in the space.
 */
export function grid({ levels = LEVELS }: GridOptions = {}): AlgorithmDefinition {
  const counts = typeof levels === 'number' ? [levels] : Object.values(levels ?? [Number.NaN]);
  if (!counts.every((count) => Number.isSafeInteger(count) && count > 0)) {
    throw new InvalidConfigurationError(
      `The option 'levels' of grid is a whole number above 0, or one for each of some parameters, not ${describe(levels)}`,
    );
  }
  return {
    configuration: { grid: { levels } },
    create: (space) => new Grid(pointsOf(space, levels)),
  };
}

interface GridState {
  /** How many points were suggested. */
  readonly suggested: number;
  /** The number of the next point. */
  readonly next: number;
}

class Grid implements Algorithm {
  readonly needsObservations = false;
  readonly #points: Points;
  readonly #stride: number;
  #state: GridState;

  constructor(points: Points) {
    this.#points = points;
    this.#stride = strideOf(points.count);
    this.#state = { suggested: 0, next: Math.floor(points.count / 2) };
  }

  suggest(count: number): AnyParams[] {
    const { count: size, at } = this.#points;
    let { suggested, next } = this.#state;
    const points: AnyParams[] = [];
    for (; points.length < count && suggested < size; suggested += 1) {
      points.push(at(next));
      next = stepOn(next, this.#stride, size);
    }
    this.#state = { suggested, next };
    return points;
  }

  observe(): void {}

  state(): GridState {
    return this.#state;
  }

  setState(state: unknown): void {
    this.#state = state as GridState;
  }
}

function pointsOf(space: Space, levels: number | { readonly [name: string]: number }): Points {
  const named = typeof levels === 'number' ? {} : levels;
  const unknown = Object.keys(named).find((name) => !space.some((one) => one.name === name));
  if (unknown !== undefined) {
    throw new InvalidConfigurationError(
      `The option 'levels' of grid names ${describe(unknown)}; the parameters are ${space.map(({ name }) => name).join(', ')}`,
    );
  }
  const levelsOf = (name: string): number => {
    if (typeof levels === 'number') return levels;
    return Object.hasOwn(levels, name) ? (levels[name] as number) : LEVELS;
  };
  const points = enumerate(space, (one) => gridValues(one, levelsOf(one.name), namedBy(space, one.name)));
  if (points.count === Number.POSITIVE_INFINITY) {
    throw new InvalidConfigurationError(
      'This grid has more points than can be counted: give its parameters fewer `levels`, or use another algorithm',
    );
  }
  return points;
}

/** The values of a dimension on which others depend. */
function namedBy(space: Space, name: string): unknown[] {
  return space.flatMap(({ dimension }) =>
    parentsOf(dimension).flatMap(([parent, values]) => (parent === name ? values : [])),
  );
}

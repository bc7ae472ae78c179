import { type RandomState, resumeRandom, seedRandom } from '../random.js';
import { countPoints, pointAt } from '../space/enumerate.js';
import type { AnyParams } from '../space/param-types.js';
import { samplePoint } from '../space/sample.js';
import type { Space } from '../space/space.js';
import type { Algorithm, AlgorithmDefinition } from './algorithm.js';

/** Where {@link randomSearch} begins. */
export interface RandomSearchOptions {
  /** A whole number from 0: the same seed gives the same search, in every engine. Default: another search each time. */
  readonly seed?: number | null;
}

/**
 * Draws each point from the priors of the space. A finite space is used up to its last point, and then nothing more is
 * suggested.
 *
 * @throws InvalidConfigurationError if the seed is none.
 */
export function randomSearch({ seed = null }: RandomSearchOptions = {}): AlgorithmDefinition {
  const first = seedRandom(seed).state();
  return {
    configuration: { random: { seed } },
    create: (space) => new RandomSearch(space, first),
  };
}

interface RandomSearchState {
  readonly random: RandomState;
  /** How many points were suggested. */
  readonly suggested: number;
}

class RandomSearch implements Algorithm {
  readonly needsObservations = false;
  readonly #space: Space;
  readonly #size: number;
  #state: RandomSearchState;

  constructor(space: Space, random: RandomState) {
    this.#space = space;
    this.#size = countPoints(space);
    this.#state = { random, suggested: 0 };
  }

  /**
   * Of a finite space of n points, n are drawn. By then most draws repeat an earlier one, so the points are gone
   * through one after the other, which finds those that were never drawn, and ends.
   */
  suggest(count: number): AnyParams[] {
    const random = resumeRandom(this.#state.random);
    const { suggested } = this.#state;
    const left = Math.min(count, 2 * this.#size - suggested);
    const points = Array.from({ length: Math.max(0, left) }, (_, i) => {
      const number = suggested + i;
      return number < this.#size
        ? samplePoint(this.#space, random)
        : pointAt(this.#space, number - this.#size);
    });
    this.#state = { random: random.state(), suggested: suggested + points.length };
    return points;
  }

  observe(): void {}

  state(): RandomSearchState {
    return this.#state;
  }

  setState(state: unknown): void {
    this.#state = state as RandomSearchState;
  }
}

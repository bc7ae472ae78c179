import { InvalidConfigurationError } from '@trialbase/core';
import { exp, log } from '../../elementary.js';
import type { FidelityDimension } from '../../space/dimension.js';
import type { AnyParams } from '../../space/param-types.js';
import type { Space } from '../../space/space.js';

/** A share that rounding has taken from a level does not cost the level. */
const ALMOST = 1e-9;

/**
 * The levels of the fidelity of a space, from the lowest to the highest: the rungs that configurations climb. A
 * configuration is a point but for its fidelity.
 */
export class Ladder {
  readonly levels: readonly number[];
  /** The factor by which the levels grow; so many configurations compete for one place on the next rung. */
  readonly base: number;
  readonly #space: Space;
  readonly #name: string;

  /** @throws InvalidConfigurationError if the space has not exactly one fidelity. */
  constructor(space: Space, algorithm: string) {
    const [found, ...more] = space.flatMap(({ name, dimension }) =>
      dimension.type === 'fidelity' ? [{ name, dimension }] : [],
    );
    if (!found || more.length > 0) {
      throw new InvalidConfigurationError(
        `The algorithm '${algorithm}' needs a space with one fidelity, such as \`epochs: fidelity(1, 16)\`; this one has ${found ? 'several' : 'none'}`,
      );
    }
    this.levels = levelsOf(found.dimension);
    this.base = found.dimension.base;
    this.#space = space;
    this.#name = found.name;
  }

  get top(): number {
    return this.levels.length - 1;
  }

  /** The rung of a point; `undefined` where its fidelity is none of the levels. */
  rungOf(point: AnyParams): number | undefined {
    const rung = this.levels.indexOf(point[this.#name] as number);
    return rung < 0 ? undefined : rung;
  }

  /** The point on a rung that has the configuration of `point`. */
  at(point: AnyParams, rung: number): AnyParams {
    return Object.fromEntries(
      this.#space.flatMap(({ name }) => {
        if (name === this.#name) return [[name, this.levels[rung]]];
        return Object.hasOwn(point, name) ? [[name, point[name]]] : [];
      }),
    );
  }

  /** A text that all points with the configuration of `point` have in common, and no others. */
  keyOf(point: AnyParams): string {
    const searched = this.#space.filter(({ name }) => name !== this.#name && Object.hasOwn(point, name));
    return JSON.stringify(searched.map(({ name }) => [name, point[name]]));
  }
}

/**
 * From the lowest to the highest fidelity in equal ratios, as many levels as there would be if each were `base` times the
 * one before: as in Orion. They are whole numbers where both ends are.
 */
export function levelsOf({ low, high, base }: FidelityDimension): number[] {
  const steps = base > 1 ? Math.floor(log(high / low) / log(base) + ALMOST) : 0;
  const areWhole = Number.isInteger(low) && Number.isInteger(high);
  const levels = Array.from({ length: steps }, (_, i) => {
    const level = low * exp((log(high / low) * i) / steps);
    return areWhole ? Math.round(level) : Number(level.toPrecision(12));
  });
  return [...new Set([...levels, high])];
}

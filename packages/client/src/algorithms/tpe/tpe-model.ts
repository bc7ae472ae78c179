import type { Random } from '../../random.js';
import type { Sample } from '../unit/history.js';
import type { Model } from '../unit/model-search.js';
import type { UnitSpace, Vector } from '../unit/unit-space.js';
import { weighByImprovement } from './improvement.js';
import { Parzen } from './parzen.js';

/** The share of the samples that counts as good, and the most of them. */
const GOOD_SHARE = 0.08;
const MOST_GOOD = 25;

/** The most other samples that are looked at: what a suggestion costs does not grow beyond. */
const MOST_OTHERS = 1_000;

/** Proposes vectors that are likely where the good samples are, and unlikely where the others are. */
export class TpeModel implements Model {
  readonly #space: UnitSpace;
  readonly #candidates: number;

  constructor(space: UnitSpace, candidates: number) {
    this.#space = space;
    this.#candidates = candidates;
  }

  propose(samples: readonly Sample[], underWay: readonly Vector[], random: Random): Vector[] {
    const { axes } = this.#space;
    const count = Math.min(MOST_GOOD, Math.ceil(GOOD_SHARE * samples.length));
    const good = new Parzen(
      axes,
      vectorsOf(samples.slice(0, count)),
      'gathered',
      weighByImprovement(samples, count),
    );
    // What is under way is taken to be no good, so that the next point is somewhere else.
    const bad = vectorsOf(evenly(samples, count, MOST_OTHERS));
    const others = new Parzen(axes, [...bad, ...underWay], 'range');
    const drawn = Array.from({ length: this.#candidates }, () => {
      const vector = good.draw(random);
      const settled = this.#space.settle(vector);
      return { vector, score: good.logAt(settled) - others.logAt(settled) };
    });
    return drawn.sort((a, b) => b.score - a.score).map(({ vector }) => vector);
  }
}

function vectorsOf(samples: readonly Sample[]): Vector[] {
  return samples.map(({ vector }) => vector);
}

/** At most `most` of the values after the first `skipped`, evenly up to the last. */
function evenly<T>(values: readonly T[], skipped: number, most: number): readonly T[] {
  const count = values.length - skipped;
  if (count <= most) return values.slice(skipped);
  return Array.from({ length: most }, (_, i) => values[skipped + Math.floor((i * count) / most)] as T);
}

import type { Trial } from '@trialbase/core';
import { type Random, type RandomState, resumeRandom, seedRandom } from '../../random.js';
import type { AnyParams } from '../../space/param-types.js';
import { pointOf, type Space } from '../../space/space.js';
import type { Algorithm, AlgorithmDefinition } from '../algorithm.js';
import { checkCount, checkShare } from '../options.js';
import { compareOutcomes } from '../outcome.js';
import { History, type Sample } from '../unit/history.js';
import { KnownPoints } from '../unit/known-points.js';
import { UnitSpace } from '../unit/unit-space.js';
import {
  type Distribution,
  defaultPopulation,
  deviations,
  drawStep,
  factorOf,
  initialDistribution,
} from './distribution.js';
import { update } from './update.js';

/** How {@link cmaEs} begins. */
export interface CmaEsOptions {
  /** A whole number from 0: the same seed gives the same search, in every engine. Default: another search each time. */
  readonly seed?: number | null;
  /** How many points make up the first generation, from 4. Default: 4 + 3 log(axes), as Hansen advises. */
  readonly population?: number | null;
  /** The first step size, as a share of the range. Default: 0.3. */
  readonly sigma?: number;
}

/** A distribution narrower than this along all axes has found what it can find. */
const NARROWEST = 1e-5;

/** How often a point is drawn that is known already before one at random is suggested. */
const DRAWS = 100;

/**
 * Draws points from a normal distribution that it adapts, generation by generation, to where the best ones are: the CMA-ES
 * of N. Hansen (2016), with restarts in ever larger populations (A. Auger and N. Hansen 2005). For spaces of real numbers,
 * 5 to 50 of them, and some hundred trials or more.
 *
 * Numbers are searched on the scale of their priors. Whole numbers and categories are parts of that scale; the
 * distribution never becomes so narrow that it could not leave such a part (in the spirit of R. Hamano et al. 2022, "CMA-ES
 * with margin", here by a least deviation). No nearness is learned of categories: where there are many, TPE does better.
 * Nobody waits for the last of a generation: further points are drawn from the same distribution, and as many as make up
 * a generation count, those that ended. Points outside of the bounds are drawn again, and after some tries moved to them.
 *
 * @throws InvalidConfigurationError if an option makes no sense.
 */
export function cmaEs({
  seed = null,
  population = null,
  sigma = 0.3,
}: CmaEsOptions = {}): AlgorithmDefinition {
  const first = seedRandom(seed).state();
  if (population !== null) checkCount('population', population, 4);
  checkShare('sigma', sigma, 1);
  const configuration = { cmaes: { seed, population, sigma } };
  return { configuration, create: (space) => new CmaEs(space, first, population, sigma) };
}

/** A point of a generation. */
interface Member {
  /** As `UnitSpace.keyOf` has it. */
  readonly key: string;
  readonly at: readonly number[];
}

interface CmaEsState {
  readonly random: RandomState;
  readonly distribution: Distribution;
  readonly members: readonly Member[];
}

class CmaEs implements Algorithm {
  readonly needsObservations = true;
  readonly #space: UnitSpace;
  readonly #sigma: number;
  readonly #history: History;
  readonly #ended: KnownPoints;
  #state: CmaEsState;

  constructor(space: Space, random: RandomState, population: number | null, sigma: number) {
    this.#space = new UnitSpace(space);
    this.#sigma = sigma;
    this.#history = new History(this.#space);
    this.#ended = new KnownPoints(this.#space);
    const middle = this.#space.axes.map(() => 0.5);
    const size = population ?? defaultPopulation(Math.max(1, middle.length));
    this.#state = { random, distribution: initialDistribution(middle, sigma, size), members: [] };
  }

  suggest(count: number, pending: readonly Trial[]): AnyParams[] {
    const random = resumeRandom(this.#state.random);
    const open = new KnownPoints(this.#space);
    for (const trial of pending) open.add(pointOf(trial));
    const points: AnyParams[] = [];
    while (points.length < count) {
      const point = this.#draw(open, random) ?? this.#ended.firstNew([], open, random);
      if (!point) break;
      open.add(point);
      points.push(point);
    }
    this.#state = { ...this.#state, random: random.state() };
    return points;
  }

  observe(trials: readonly Trial[]): void {
    for (const trial of trials) this.#ended.add(pointOf(trial));
    this.#history.add(trials);
  }

  state(): CmaEsState {
    return this.#state;
  }

  setState(state: unknown): void {
    this.#state = state as CmaEsState;
  }

  /** A new point from the distribution. One that is known already counts towards the generation as it is. */
  #draw(open: KnownPoints, random: Random): AnyParams | undefined {
    if (this.#space.axes.length === 0) return undefined;
    for (let i = 0; i < DRAWS; i += 1) {
      this.#advance(random);
      const at = this.#place(random);
      const point = this.#space.decode(this.#space.at(at));
      if (open.has(point)) continue;
      const key = this.#space.keyOf(point);
      const known = this.#ended.has(point);
      if (!known || this.#history.sampleAt(key)) {
        this.#state = { ...this.#state, members: [...this.#state.members, { key, at }] };
      }
      if (!known) return point;
    }
    return undefined;
  }

  /** Learns from the generation as soon as enough of it has ended. */
  #advance(random: Random): void {
    this.#dropBroken();
    const { distribution, members } = this.#state;
    const ended = members.flatMap(({ key, at }) => {
      const sample = this.#history.sampleAt(key);
      return sample ? [{ at, sample }] : [];
    });
    if (ended.length < distribution.population) return;
    const ranked = ended
      .slice(0, distribution.population)
      .sort((a, b) => compareOutcomes(a.sample, b.sample));
    const factor = factorOf(distribution);
    const next =
      factor &&
      update(
        distribution,
        ranked.map(({ at }) => at),
        factor,
      );
    const goesOn = next && factorOf(next) && Math.max(...deviations(next)) > NARROWEST && !isFlat(ranked);
    this.#state = { ...this.#state, distribution: goesOn ? next : this.#restarted(random), members: [] };
  }

  /** A member that has ended without a value would be in the state for as long as others break, too. */
  #dropBroken(): void {
    const { members } = this.#state;
    const left = members.filter(
      ({ key, at }) =>
        this.#history.sampleAt(key) || !this.#ended.has(this.#space.decode(this.#space.at(at))),
    );
    if (left.length < members.length) this.#state = { ...this.#state, members: left };
  }

  #restarted(random: Random): Distribution {
    const mean = this.#space.axes.map(() => random.uniform());
    return initialDistribution(mean, this.#sigma, 2 * this.#state.distribution.population);
  }

  #place(random: Random): number[] {
    const { distribution } = this.#state;
    const factor = factorOf(distribution);
    if (!factor) throw new RangeError('A distribution is kept only while it has a factor');
    const wide = deviations(distribution).map((deviation, k) => {
      const least = this.#leastDeviation(k, distribution);
      return deviation < least ? least / deviation : 1;
    });
    for (let tries = 0; ; tries += 1) {
      const step = drawStep(factor, random);
      const at = distribution.mean.map(
        (mean, k) => mean + distribution.sigma * (step[k] as number) * (wide[k] as number),
      );
      if (at.every((place) => place >= 0 && place < 1)) return at;
      if (tries === 20) return at.map((place) => Math.min(1 - 2 ** -53, Math.max(0, place)));
    }
  }

  /** With it, about one point in a generation leaves the part of the scale that the mean is in. */
  #leastDeviation(k: number, { mean }: Distribution): number {
    const axis = this.#space.axes[k];
    const place = Math.min(1 - 2 ** -53, Math.max(0, mean[k] as number));
    if (axis?.kind === 'category') return 0.3 / axis.probabilities.length;
    return (axis?.grain(place) ?? 0) * 0.3;
  }
}

interface Ended {
  readonly at: readonly number[];
  readonly sample: Sample;
}

function isFlat(ranked: readonly Ended[]): boolean {
  const [best, worst] = [ranked[0]?.sample, ranked.at(-1)?.sample];
  return best?.objective === worst?.objective && best?.violation === worst?.violation;
}

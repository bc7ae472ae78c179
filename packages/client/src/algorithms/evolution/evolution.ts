import { describe, InvalidConfigurationError, type Trial } from '@trialbase/core';
import { type Random, type RandomState, resumeRandom, seedRandom } from '../../random.js';
import type { AnyParams } from '../../space/param-types.js';
import { pointOf, type Space } from '../../space/space.js';
import type { Algorithm, AlgorithmDefinition } from '../algorithm.js';
import { isBetter, type Outcome, outcomeOf } from '../outcome.js';
import { KnownPoints } from '../unit/known-points.js';
import { UnitSpace, type Vector } from '../unit/unit-space.js';
import { mutate } from './mutate.js';

/** How often a child that is known already is mutated once more. */
const MUTATIONS = 50;

/** How large the population of {@link evolution} is, and how its parents are chosen. */
export interface EvolutionOptions {
  /** A whole number from 0: the same seed gives the same search, in every engine. Default: another search each time. */
  readonly seed?: number | null;
  /** How many of the trials that were completed last are alive. As many are drawn at random at first. Default: 20. */
  readonly populationSize?: number;
  /** How many of them are drawn for a parent to be the best of. Default: 10. */
  readonly sampleSize?: number;
}

/**
 * Regularised evolution: E. Real et al. 2019, "Regularized Evolution for Image Classifier Architecture Search". Of some
 * trials of the population, drawn with replacement, the best gets a child that differs from it in one parameter; whoever is
 * completed joins the population, and the oldest leaves it, however good it is. It differs in the default sizes, which
 * are for budgets of some hundred trials (the paper's are 100 and 25, for some ten thousand), in what mutates, which there
 * is the architecture of a network (see `mutate`), and in that a child is never a point that is known already.
 *
 * @throws InvalidConfigurationError if an option makes no sense.
 */
export function evolution(options: EvolutionOptions = {}): AlgorithmDefinition {
  const { seed = null, populationSize = 20, sampleSize = 10 } = options;
  for (const [name, size] of Object.entries({ populationSize, sampleSize })) {
    if (!(Number.isSafeInteger(size) && size > 0)) {
      throw new InvalidConfigurationError(
        `The option '${name}' of evolution is a whole number above 0, not ${describe(size)}`,
      );
    }
  }
  const first = seedRandom(seed).state();
  return {
    configuration: { evolution: { seed, populationSize, sampleSize } },
    create: (space) => new Evolution(space, first, { populationSize, sampleSize }),
  };
}

interface EvolutionState {
  readonly random: RandomState;
}

type Sizes = Required<Pick<EvolutionOptions, 'populationSize' | 'sampleSize'>>;

interface Individual {
  readonly vector: Vector;
  readonly outcome: Outcome;
  /** When the trial ended; at the same time, in the order in which they were made. */
  readonly end: readonly [time: number, id: string];
}

class Evolution implements Algorithm {
  readonly needsObservations = true;
  readonly #space: UnitSpace;
  readonly #ended: KnownPoints;
  readonly #sizes: Sizes;
  /** The oldest first. */
  readonly #population: Individual[] = [];
  #state: EvolutionState;

  constructor(space: Space, random: RandomState, sizes: Sizes) {
    this.#space = new UnitSpace(space);
    this.#ended = new KnownPoints(this.#space);
    this.#sizes = sizes;
    this.#state = { random };
  }

  suggest(count: number, pending: readonly Trial[]): AnyParams[] {
    const random = resumeRandom(this.#state.random);
    const open = new KnownPoints(this.#space);
    for (const trial of pending) open.add(pointOf(trial));
    const points: AnyParams[] = [];
    while (points.length < count) {
      const point = this.#ended.firstNew(this.#children(random), open, random);
      if (!point) break;
      open.add(point);
      points.push(point);
    }
    this.#state = { random: random.state() };
    return points;
  }

  observe(trials: readonly Trial[]): void {
    for (const trial of trials) {
      const point = pointOf(trial);
      const outcome = outcomeOf(trial);
      this.#ended.add(point);
      if (!outcome) continue;
      const end = [trial.end_time?.getTime() ?? 0, String(trial._id)] as const;
      this.#join({ vector: this.#space.encode(point), outcome, end });
    }
  }

  /** Whoever ended before all that are alive is dead already, whenever that is told. */
  #join(individual: Individual): void {
    const place = this.#population.findLastIndex((one) => isOlder(one, individual)) + 1;
    this.#population.splice(place, 0, individual);
    if (this.#population.length > this.#sizes.populationSize) this.#population.shift();
  }

  state(): EvolutionState {
    return this.#state;
  }

  setState(state: unknown): void {
    this.#state = state as EvolutionState;
  }

  /** Ever remoter descendants of a parent; none before the population is complete. */
  *#children(random: Random): Generator<Vector> {
    if (this.#population.length < this.#sizes.populationSize) return;
    let { vector } = this.#parent(random);
    for (let i = 0; i < MUTATIONS; i += 1) {
      vector = this.#space.settle(mutate({ space: this.#space, parent: vector, random }));
      yield vector;
    }
  }

  #parent(random: Random): Individual {
    const draw = (): Individual => this.#population[random.integer(this.#population.length)] as Individual;
    const sample = Array.from({ length: this.#sizes.sampleSize }, draw);
    return sample.reduce((best, one) => (isBetter(one.outcome, best.outcome) ? one : best));
  }
}

function isOlder({ end: [time, id] }: Individual, { end: [otherTime, otherId] }: Individual): boolean {
  return time === otherTime ? id < otherId : time < otherTime;
}

import type { Trial } from '@trialbase/core';
import type { Algorithm, AlgorithmDefinition } from '../algorithms/algorithm.js';
import type { AnyParams, SpaceInput } from '../space/param-types.js';
import { buildSpace, type Space, toParams } from '../space/space.js';
import { type Ending, endedTrial, simulatedTrial } from './simulated-trial.js';

/** An algorithm that suggests so many known points in a row is taken to have no others. */
const PATIENCE = 2_000;

/** A trial that was begun, and its point. */
export interface Begun {
  readonly point: AnyParams;
  readonly trial: Trial;
}

/** How the algorithm is used in a {@link SimulatedSearch}. */
export interface SimulatedSearchOptions {
  /** How many instances of the algorithm take turns, as those of several workers do. Default: 1. */
  readonly instances?: number;
}

/** An instance of the algorithm, and how many of the trials that ended it was told. */
interface Instance {
  readonly algorithm: Algorithm;
  told: number;
}

/**
 * Searches as the workers of an experiment do, without a store and without waiting: an algorithm's state goes through
 * JSON before each suggestion, each instance is told once of each trial that ended, and a point that is known is asked
 * for again. What is evaluated, and when trials end, is up to the caller.
 *
 * @throws InvalidConfigurationError if the space is none, or the algorithm cannot search it.
 */
export class SimulatedSearch {
  readonly space: Space;
  /** How many known points were suggested. */
  repeated = 0;
  readonly #define: AlgorithmDefinition;
  readonly #begun: Begun[] = [];
  readonly #positions = new Map<unknown, number>();
  readonly #known = new Set<string>();
  readonly #ended: Trial[] = [];
  #pending: readonly Trial[] = [];
  #instances: readonly Instance[];
  #turn = 0;
  #state: unknown;

  constructor(
    define: AlgorithmDefinition,
    space: SpaceInput,
    { instances = 1 }: SimulatedSearchOptions = {},
  ) {
    this.#define = define;
    this.space = buildSpace(space);
    this.#instances = Array.from({ length: instances }, () => this.#instance());
    this.#state = this.#instances[0]?.algorithm.state();
  }

  /** All trials, as they are now, in the order in which they were begun. */
  get begun(): readonly Begun[] {
    return this.#begun;
  }

  /** The points of all trials, in the order in which they were begun. */
  get points(): readonly AnyParams[] {
    return this.#begun.map(({ point }) => point);
  }

  /** The trials under way, in the order in which they were begun. */
  get pending(): readonly Trial[] {
    return this.#pending;
  }

  /** The state that the instances share. */
  get state(): unknown {
    return this.#state;
  }

  /**
   * Begins a trial at a point that no other one has; `undefined` where the algorithm has none.
   *
   * @throws InvalidConfigurationError if the point that is suggested is not of the space.
   */
  next(): Begun | undefined {
    const instance = this.#instances[this.#turn++ % this.#instances.length] as Instance;
    const { algorithm } = instance;
    algorithm.setState(JSON.parse(JSON.stringify(this.#state)));
    algorithm.observe(this.#ended.slice(instance.told));
    instance.told = this.#ended.length;
    const begun = this.#begin(algorithm);
    this.#state = algorithm.state();
    return begun;
  }

  /** Ends a trial that is under way. */
  end(trial: Trial, ending: Ending): void {
    const position = this.#positions.get(trial._id) as number;
    const ended = endedTrial(trial, ending, this.#ended.length);
    this.#pending = this.#pending.filter(({ _id }) => _id !== trial._id);
    this.#begun[position] = { ...(this.#begun[position] as Begun), trial: ended };
    this.#ended.push(ended);
  }

  /** Begins and ends `count` trials, one after another, or as many as there are. */
  run(count: number, evaluate: (point: AnyParams) => Ending): this {
    for (let i = 0; i < count; i += 1) {
      const begun = this.next();
      if (!begun) break;
      this.end(begun.trial, evaluate(begun.point));
    }
    return this;
  }

  /** Other workers take over, and are told everything that ended at once, in the order that `arrange` gives. */
  takeOver(arrange: (trials: readonly Trial[]) => readonly Trial[] = (trials) => trials): this {
    this.#instances = this.#instances.map(() => this.#instance());
    for (const instance of this.#instances) {
      instance.algorithm.observe(arrange(this.#ended));
      instance.told = this.#ended.length;
    }
    return this;
  }

  #instance(): Instance {
    return { algorithm: this.#define.create(this.space), told: 0 };
  }

  #begin(algorithm: Algorithm): Begun | undefined {
    for (let tries = 0; tries < PATIENCE; tries += 1) {
      const [point] = algorithm.suggest(1, this.#pending);
      if (!point) return undefined;
      const params = toParams(this.space, point);
      const key = JSON.stringify(params);
      if (this.#known.has(key)) {
        this.repeated += 1;
        continue;
      }
      this.#known.add(key);
      const begun = { point, trial: simulatedTrial(params, this.#begun.length) };
      this.#positions.set(begun.trial._id, this.#begun.length);
      this.#begun.push(begun);
      this.#pending = [...this.#pending, begun.trial];
      return begun;
    }
    return undefined;
  }
}

import type { Trial } from '@trialbase/core';
import type { AnyParams } from '../../space/param-types.js';
import { pointOf, type Space } from '../../space/space.js';
import type { Algorithm, AlgorithmDefinition } from '../algorithm.js';
import { outcomeOf } from '../outcome.js';
import { ConfigurationSource } from './configuration-source.js';
import { Ladder } from './ladder.js';
import { Rung } from './rung.js';
import { type SamplerOptions, samplerOf } from './sampler-options.js';

/**
 * Evaluates many configurations at the lowest fidelity and the best of them at ever higher ones: asynchronous successive
 * halving, L. Li et al. 2020, "A System for Massively Parallel Hyperparameter Tuning". Whoever asks gets the best
 * configuration that is among the best 1/base on its rung, the highest such rung first, or else a new one at the lowest
 * fidelity; so nobody ever waits for anybody. The base and the lowest and the highest resource are those of the fidelity
 * of the space. It differs in that broken trials do not count on their rung, in that infeasible ones rank last, and in
 * that new configurations may come from any sampler.
 *
 * @throws InvalidConfigurationError if an option makes no sense; `create` throws one if the space has no fidelity.
 */
export function asha(options: SamplerOptions = {}): AlgorithmDefinition {
  const sampler = samplerOf('asha', options);
  return {
    configuration: { asha: { sampler: sampler.configuration } },
    create: (space) => new Asha(space, sampler),
  };
}

class Asha implements Algorithm {
  readonly needsObservations = true;
  readonly #ladder: Ladder;
  readonly #source: ConfigurationSource;
  readonly #rungs: readonly Rung[];
  /** The configurations that ended on each rung, however. */
  readonly #ended: readonly Set<string>[];

  constructor(space: Space, sampler: AlgorithmDefinition) {
    this.#ladder = new Ladder(space, 'asha');
    this.#source = new ConfigurationSource(space, this.#ladder, sampler);
    this.#rungs = this.#ladder.levels.map(() => new Rung());
    this.#ended = this.#ladder.levels.map(() => new Set());
  }

  suggest(count: number, pending: readonly Trial[]): AnyParams[] {
    const open = this.#ladder.levels.map(() => new Set<string>());
    for (const trial of pending) {
      const point = pointOf(trial);
      const rung = this.#ladder.rungOf(point);
      if (rung !== undefined) open[rung]?.add(this.#ladder.keyOf(point));
    }
    const points: AnyParams[] = [];
    while (points.length < count) {
      const point = this.#promote(open);
      if (!point) break;
      points.push(point);
    }
    const isKnown = (key: string): boolean => [...this.#ended, ...open].some((keys) => keys.has(key));
    const fresh = this.#source.next(count - points.length, pending, isKnown);
    return [...points, ...fresh.map((point) => this.#ladder.at(point, 0))];
  }

  observe(trials: readonly Trial[]): void {
    this.#source.observe(trials);
    for (const trial of trials) {
      const point = pointOf(trial);
      const rung = this.#ladder.rungOf(point);
      if (rung === undefined) continue;
      const key = this.#ladder.keyOf(point);
      const outcome = outcomeOf(trial);
      this.#ended[rung]?.add(key);
      this.#rungs[rung - 1]?.climbed(key);
      if (outcome)
        this.#rungs[rung]?.add({ ...outcome, key, point }, this.#ended[rung + 1]?.has(key) ?? true);
    }
  }

  state(): unknown {
    return this.#source.state();
  }

  setState(state: unknown): void {
    this.#source.setState(state);
  }

  /** Takes the next promotion, if there is one. */
  #promote(open: readonly Set<string>[]): AnyParams | undefined {
    for (let rung = this.#ladder.top - 1; rung >= 0; rung -= 1) {
      const climbing = open[rung + 1] as Set<string>;
      const best = this.#rungs[rung]?.promotable(this.#ladder.base, (key) => climbing.has(key));
      if (best) {
        climbing.add(best.key);
        return this.#ladder.at(best.point, rung + 1);
      }
    }
    return undefined;
  }
}

import type { Param, Trial } from '@trialbase/core';
import type { AnyParams } from '../../space/param-types.js';
import { pointOf, type Space } from '../../space/space.js';
import type { AlgorithmDefinition } from '../algorithm.js';
import type { Ladder } from './ladder.js';
import { type Climber, RungLearner } from './rung-learner.js';

/** After so many known configurations in a row there are taken to be no others. */
const PATIENCE = 1_000;

/** A sampler learns from a rung once this many of its trials, for each parameter, are completed; and ten in any case. */
const TRIALS_FOR_EACH_PARAMETER = 2;
const FEWEST_TRIALS = 10;

/**
 * New configurations, from a sampler that knows nothing of fidelities: it sees all trials at the highest. What different
 * rungs say does not compare, so the sampler learns from one of them: the highest with enough completed trials, as in
 * S. Falkner et al. 2018, "BOHB". It differs in what else of lower rungs the sampler is told (see {@link RungLearner}). There
 * is an instance of the sampler for each rung; they have one state in common.
 *
 * In what order trials are told makes no difference, as long as each configuration ended on a lower rung before a higher one. It
 * may for results of a person's own that are inserted the other way round.
 */
export class ConfigurationSource {
  readonly #ladder: Ladder;
  readonly #learners: readonly RungLearner[];
  readonly #enough: number;
  #state: unknown;

  constructor(space: Space, ladder: Ladder, sampler: AlgorithmDefinition) {
    const first = sampler.create(space);
    const rungs = first.needsObservations ? ladder.levels : [];
    this.#ladder = ladder;
    this.#learners = [first, ...rungs.slice(1).map(() => sampler.create(space))].map(
      (each, rung) => new RungLearner(each, rung),
    );
    this.#enough = Math.max(FEWEST_TRIALS, TRIALS_FOR_EACH_PARAMETER * (space.length - 1));
    this.#state = first.state();
  }

  observe(trials: readonly Trial[]): void {
    const climbers = trials.map((trial) => this.#climber(trial)).sort((a, b) => a.rung - b.rung);
    for (const learner of this.#learners) learner.observe(climbers);
  }

  /** At most `count` new points, of whatever fidelity, whose configurations are not known. */
  next(count: number, pending: readonly Trial[], isKnown: (key: string) => boolean): AnyParams[] {
    const { sampler } = this.#learners[this.#rungToLearnFrom()] as RungLearner;
    sampler.setState(this.#state);
    const underWay = pending.map((trial) => this.#atTop(trial));
    const found = new Map<string, AnyParams>();
    let repeats = 0;
    while (found.size < count && repeats < PATIENCE) {
      const points = sampler.suggest(count - found.size, underWay);
      if (points.length === 0) break;
      const before = found.size;
      for (const point of points) {
        const key = this.#ladder.keyOf(point);
        if (!isKnown(key)) found.set(key, point);
      }
      repeats = found.size > before ? 0 : repeats + points.length;
    }
    this.#state = sampler.state();
    return [...found.values()];
  }

  state(): unknown {
    return this.#state;
  }

  setState(state: unknown): void {
    this.#state = state;
  }

  #rungToLearnFrom(): number {
    return Math.max(
      0,
      this.#learners.findLastIndex(({ completed }) => completed >= this.#enough),
    );
  }

  /** One whose fidelity is no level is above all rungs: known, but without a value. */
  #climber(trial: Trial): Climber {
    const point = pointOf(trial);
    const rung = this.#ladder.rungOf(point) ?? Number.POSITIVE_INFINITY;
    return { rung, key: this.#ladder.keyOf(point), trial: this.#atTop(trial) };
  }

  #atTop(trial: Trial): Trial {
    const highest = this.#ladder.levels.at(-1);
    const params = trial.params.map(
      (param): Param => (param.type === 'fidelity' ? { ...param, value: highest } : param),
    );
    return { ...trial, params };
  }
}

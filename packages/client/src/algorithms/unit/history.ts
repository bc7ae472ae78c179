import type { Trial } from '@trialbase/core';
import { pointOf } from '../../space/space.js';
import { compareOutcomes, type Outcome, outcomeOf, placeAmong } from '../outcome.js';
import type { UnitSpace, Vector } from './unit-space.js';

/** What is learned from one completed trial. */
export interface Sample extends Outcome {
  readonly vector: Vector;
}

/**
 * The trials that ended, as far as there is something to learn from them: best first. Feasible ones come before all
 * others, and those by how far they are from feasible. The order does not depend on the order in which they were told.
 */
export class History {
  readonly #space: UnitSpace;
  #samples: Sample[] = [];
  readonly #byKey = new Map<string, Sample>();

  constructor(space: UnitSpace) {
    this.#space = space;
  }

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  add(trials: readonly Trial[]): void {
    const fresh = trials.flatMap((trial) => this.#note(trial) ?? []);
    if (fresh.length === 1) this.#insert(fresh[0] as Sample);
    // Of many, each by itself would move all that is worse.
    else if (fresh.length > 1) this.#samples = [...this.#samples, ...fresh].sort(compareOutcomes);
  }

  /** What is known of the point with that key; `undefined` where it is not completed. */
  sampleAt(key: string): Sample | undefined {
    return this.#byKey.get(key);
  }

  #note(trial: Trial): Sample | undefined {
    const outcome = outcomeOf(trial);
    if (!outcome) return undefined;
    const point = pointOf(trial);
    const sample = { ...outcome, vector: this.#space.encode(point) };
    this.#byKey.set(this.#space.keyOf(point), sample);
    return sample;
  }

  #insert(sample: Sample): void {
    this.#samples.splice(placeAmong(this.#samples, sample), 0, sample);
  }
}

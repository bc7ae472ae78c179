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
 * others, and those by how far they are from feasible. The order does not depend on the order in which they were told. Of a
 * point that is told again, what is told last counts.
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
    const fresh = trials.flatMap((trial) => sampleOf(trial, this.#space) ?? []);
    const [first, ...more] = fresh;
    if (first && more.length === 0) this.#replace(first.key, first.sample);
    for (const { key, sample } of fresh) this.#byKey.set(key, sample);
    // Of many, each by itself would move all that is worse.
    if (more.length > 0) this.#samples = [...this.#byKey.values()].sort(compareOutcomes);
  }

  /** What is known of the point with that key; `undefined` where it is not completed. */
  sampleAt(key: string): Sample | undefined {
    return this.#byKey.get(key);
  }

  #replace(key: string, sample: Sample): void {
    const before = this.#byKey.get(key);
    if (before) this.#samples.splice(placeAmong(this.#samples, before), 1);
    this.#samples.splice(placeAmong(this.#samples, sample), 0, sample);
  }
}

function sampleOf(
  trial: Trial,
  space: UnitSpace,
): { readonly key: string; readonly sample: Sample } | undefined {
  const outcome = outcomeOf(trial);
  if (!outcome) return undefined;
  const point = pointOf(trial);
  return { key: space.keyOf(point), sample: { ...outcome, vector: space.encode(point) } };
}

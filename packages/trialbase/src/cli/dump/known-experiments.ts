import type { Experiment, Id } from '@trialbase/core';
import { versionOf } from '../experiments/find.js';

/** The experiments that are in the store, by what must be unique. */
export class KnownExperiments {
  readonly #ids = new Set<Id>();
  readonly #byKey = new Map<string, Experiment>();
  readonly #highest = new Map<unknown, number>();

  constructor(experiments: readonly Experiment[]) {
    for (const experiment of experiments) this.add(experiment);
  }

  add(experiment: Experiment): void {
    this.#ids.add(experiment._id);
    this.#byKey.set(keyOf(experiment), experiment);
    const highest = this.#highest.get(experiment.name) ?? 0;
    this.#highest.set(experiment.name, Math.max(highest, versionOf(experiment)));
  }

  forget(experiment: Experiment): void {
    this.#ids.delete(experiment._id);
    this.#byKey.delete(keyOf(experiment));
  }

  hasId(id: Id): boolean {
    return this.#ids.has(id);
  }

  sameAs(experiment: Experiment): Experiment | undefined {
    return this.#byKey.get(keyOf(experiment));
  }

  nextVersion({ name }: Experiment): number {
    return (this.#highest.get(name) ?? 0) + 1;
  }
}

function keyOf(experiment: Experiment): string {
  return JSON.stringify([experiment.name ?? null, versionOf(experiment)]);
}

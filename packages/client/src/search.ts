import type { Experiment, StorageProtocol } from '@trialbase/core';
import type { Algorithm, AlgorithmDefinition } from './algorithms/algorithm.js';
import { Observer } from './observer.js';
import type { Space } from './space/space.js';

/** An experiment with all that working on it takes. The workers of one handle share it. */
export class Search {
  readonly storage: StorageProtocol;
  readonly space: Space;
  readonly observer: Observer;
  readonly #define: () => AlgorithmDefinition;
  #record: Experiment;
  #algorithm: { readonly algorithm: Algorithm; readonly first: unknown } | undefined;

  /** `define` gives the algorithm when it is first needed, so that one that is not known here can still be looked at. */
  constructor(storage: StorageProtocol, record: Experiment, space: Space, define: () => AlgorithmDefinition) {
    this.storage = storage;
    this.space = space;
    this.observer = new Observer(storage, record);
    this.#record = record;
    this.#define = define;
  }

  /** The experiment as it was last read. */
  get record(): Experiment {
    return this.#record;
  }

  get maxTrials(): number {
    return this.#record.max_trials ?? Number.POSITIVE_INFINITY;
  }

  get maxBroken(): number {
    return this.#record.max_broken ?? Number.POSITIVE_INFINITY;
  }

  /** The algorithm at `state`; `null` is where it starts. @throws InvalidConfigurationError if it is not known. */
  algorithmAt(state: unknown): Algorithm {
    if (!this.#algorithm) {
      const algorithm = this.#define().create(this.space);
      this.#algorithm = { algorithm, first: algorithm.state() };
    }
    const { algorithm, first } = this.#algorithm;
    algorithm.setState(state ?? first);
    return algorithm;
  }

  /** Reads the experiment again: its limits may have been raised. */
  async refresh(): Promise<void> {
    const [stored] = await this.storage.fetchExperiments({ _id: this.#record._id });
    if (stored) this.#record = stored;
  }
}

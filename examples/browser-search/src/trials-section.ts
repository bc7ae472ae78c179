import type { Experiment, Id, Query, StorageProtocol, Trial } from 'trialbase';
import { onFilter } from './filter.js';
import { follow } from './follow.js';
import { showError } from './notices.js';
import { TrialTable } from './trial-table.js';

/** The table of trials with its filter. What meets the filter is watched in the store, as all trials are. */
export class TrialsSection {
  readonly #storage: StorageProtocol;
  readonly #experiment: Experiment;
  readonly #table = new TrialTable();
  #numbers: ReadonlyMap<Id, number> = new Map();
  #all: readonly Trial[] = [];
  #matching: readonly Trial[] | undefined;
  #filtering = new AbortController();

  constructor(storage: StorageProtocol, experiment: Experiment) {
    this.#storage = storage;
    this.#experiment = experiment;
    onFilter((where) => this.#filter(where));
  }

  /** Shows all trials, or those of them that meet the filter. */
  show(all: readonly Trial[], numbers: ReadonlyMap<Id, number>): void {
    this.#all = all;
    this.#numbers = numbers;
    this.#draw();
  }

  /** @throws InvalidQueryError before anything changes. */
  #filter(where: Query | undefined): void {
    const filtering = new AbortController();
    const { signal } = filtering;
    const changes =
      where === undefined ? undefined : this.#storage.watchTrials(this.#experiment, { where, signal });
    this.#filtering.abort();
    this.#filtering = filtering;
    this.#table.rewind();
    if (changes) follow(changes, (trials) => this.#showMatching(trials, signal)).catch(showError);
    else this.#showMatching(undefined, signal);
  }

  #showMatching(trials: readonly Trial[] | undefined, { aborted }: AbortSignal): void {
    if (aborted) return;
    this.#matching = trials;
    this.#draw();
  }

  #draw(): void {
    const shown = this.#matching ?? this.#all;
    const rows = shown.map((trial) => ({ number: this.#numbers.get(trial._id), trial }));
    this.#table.show(rows, this.#all.length);
  }
}

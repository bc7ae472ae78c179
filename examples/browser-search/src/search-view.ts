import type { Params } from 'digits';
import type { ExperimentClient, StorageProtocol, Trial } from 'trialbase';
import { drawBest } from './best-plot.js';
import type { RunState } from './describe-state.js';
import { LearningPlot } from './learning-plot.js';
import { overviewOf } from './overview.js';
import { showBest, showProgress } from './summary.js';
import { TrialsSection } from './trials-section.js';

/** What is known of a search besides its trials. */
export interface Circumstances {
  /** How many trials it is to complete. */
  readonly wanted: number;
  /** How many may break before it ends. */
  readonly mostBroken: number;
  /** What the workers of this tab do. */
  readonly state: RunState;
  /** The name of this tab. */
  readonly tab: string;
}

/** All that the page shows of one search. What this tab does is shown as the work of other tabs is: as it is stored. */
export class SearchView {
  readonly #search: ExperimentClient<Params>;
  readonly #section: TrialsSection;
  readonly #learning: LearningPlot;

  constructor(storage: StorageProtocol, search: ExperimentClient<Params>) {
    this.#search = search;
    this.#section = new TrialsSection(storage, search.record);
    this.#learning = new LearningPlot(search);
  }

  /** Shows trials that have changed. */
  showTrials(trials: readonly Trial[]): void {
    const numbers = new Map(trials.map(({ _id }, i) => [_id, i + 1]));
    const overview = overviewOf(trials, Date.now());
    const { best } = overview;
    showBest(best, best && numbers.get(best._id), best && this.#search.params(best));
    drawBest(overview);
    this.#section.show(trials, numbers);
  }

  /** Shows what goes on, which changes with the time too: a worker may have gone silent. */
  showState(trials: readonly Trial[], circumstances: Circumstances): void {
    const overview = overviewOf(trials, Date.now());
    showProgress({ overview, ...circumstances });
    this.#learning.show(overview);
  }
}

import type { Params } from 'digits';
import type { Experiment, ExperimentClient, StorageProtocol, Trial } from 'trialbase';
import { type Address, writeAddress } from './address.js';
import { Controls, type Wish } from './controls.js';
import { download } from './download.js';
import { writeExtended } from './extended-json.js';
import { follow } from './follow.js';
import { askForNewSearch } from './new-search.js';
import { clearErrors, showError, showNotice } from './notices.js';
import { Run } from './run.js';
import { SearchView } from './search-view.js';
import { fetchNames, showRoom } from './store-panel.js';

/** How often the page looks at the clock, in milliseconds: for the time that is left, and for workers that went silent. */
const TICK = 1_000;

/** One search in one tab: what the user may do with it, and what is shown of it. */
export class SearchPage {
  readonly #storage: StorageProtocol;
  readonly #search: ExperimentClient<Params>;
  readonly #address: Address;
  readonly #tab: string;
  readonly #run: Run;
  readonly #controls: Controls;
  readonly #view: SearchView;
  /** The experiment as it was last read: another tab may raise its limits, or delete it. */
  #record: Experiment;
  #trials: readonly Trial[] = [];

  /** `tab` is the name of this tab. */
  constructor(storage: StorageProtocol, search: ExperimentClient<Params>, address: Address, tab: string) {
    this.#storage = storage;
    this.#search = search;
    this.#address = address;
    this.#tab = tab;
    this.#record = search.record;
    this.#view = new SearchView(storage, search);
    const onState = (): void => this.#drawState();
    const onBroken = (detail: string): void =>
      showNotice({ title: 'A trial broke', advice: 'The search goes on without it.', detail });
    const onFailed = (message: string): void => showError(new Error(message));
    this.#run = new Run({ search: address.name, tab, onState, onBroken, onFailed });
    const workers = this.#run.before || address.workers;
    this.#controls = new Controls(workers, {
      start: (wish) => this.#start(wish).catch(showError),
      stop: () => this.#run.stop().catch(showError),
      beginNew: () => this.#beginNew().catch(showError),
      exportTrials: () => this.#export().catch(showError),
    });
  }

  /** Shows the search as it goes on. If this tab worked at it before it was reloaded, it works on. */
  async open(): Promise<void> {
    setInterval(() => this.#drawState(), TICK);
    if (this.#run.before > 0) this.#run.start(this.#run.before).catch(showError);
    await follow(this.#storage.watchTrials(this.#record), (trials) => this.#show(trials));
  }

  async #show(trials: readonly Trial[]): Promise<void> {
    this.#trials = trials;
    this.#view.showTrials(trials);
    await this.#readLimits();
    this.#drawState();
    await showRoom();
  }

  async #readLimits(): Promise<void> {
    const [record] = await this.#storage.fetchExperiments({ _id: this.#record._id });
    if (record) {
      this.#record = record;
      return;
    }
    showNotice({
      title: 'This search was deleted',
      advice: 'Begin a new one, or open another from the list below.',
      detail: 'It was deleted in another tab, with all its trials.',
    });
    await this.#run.stop();
  }

  #drawState(): void {
    const { max_trials: wanted = 0, max_broken: mostBroken = 0 } = this.#record;
    const { state } = this.#run;
    this.#view.showState(this.#trials, { wanted, mostBroken, state, tab: this.#tab });
    this.#controls.show(state, wanted, this.#trials.filter(({ status }) => status === 'completed').length);
  }

  async #start({ workers, trials }: Wish): Promise<void> {
    clearErrors();
    history.replaceState(null, '', writeAddress({ ...this.#address, workers, trials }));
    // Workers of other tabs learn of more trials when they have done the old number; of fewer, when they start again.
    const isThere = await this.#storage.updateExperiment({ uid: this.#record._id }, { max_trials: trials });
    await this.#readLimits();
    if (isThere) await this.#run.start(workers);
  }

  async #beginNew(): Promise<void> {
    const { name } = this.#address;
    const { max_trials: wanted = 0 } = this.#record;
    const names = await fetchNames(this.#storage);
    const wish = await askForNewSearch({ name, wanted, trials: this.#trials.length }, names);
    if (!wish) return;
    await this.#run.stop();
    if (wish.deleteOld) await this.#storage.deleteExperiment({ uid: this.#record._id });
    location.assign(writeAddress({ name: wish.name, trials: wish.trials, seed: wish.seed }));
  }

  async #export(): Promise<void> {
    const trials = await this.#search.trials();
    const text = writeExtended({ experiment: this.#record, trials });
    download(`${this.#address.name}.json`, text, 'application/json');
  }
}

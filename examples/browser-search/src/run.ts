import { Crew } from './crew.js';
import type { RunState } from './describe-state.js';

export interface RunOptions {
  /** The name of the search. */
  readonly search: string;
  /** The name of the tab. */
  readonly tab: string;
  readonly onState: (state: RunState) => void;
  /** Called with the message of an error that broke a trial. */
  readonly onBroken: (message: string) => void;
  /** Called with the message of an error that ended the work of a worker. */
  readonly onFailed: (message: string) => void;
}

/** The work of this tab at a search. It is remembered over a reload whether there was any. */
export class Run {
  readonly #options: RunOptions;
  readonly #key: string;
  #crew: Crew | undefined;
  #state: RunState = 'idle';

  constructor(options: RunOptions) {
    this.#options = options;
    this.#key = `browser-search/workers/${options.search}`;
  }

  get state(): RunState {
    return this.#state;
  }

  /** How many workers were at work when the page was left; 0 where it was not running. */
  get before(): number {
    return Number(sessionStorage.getItem(this.#key));
  }

  /** Lets so many workers work until the search is over or they are stopped. */
  async start(size: number): Promise<void> {
    if (this.#crew) return;
    this.#crew = new Crew({ size, ...this.#options });
    sessionStorage.setItem(this.#key, String(size));
    this.#become('running');
    await this.#crew.done;
    this.#crew = undefined;
    sessionStorage.removeItem(this.#key);
    this.#become('idle');
  }

  /** Lets the workers give their trials back. */
  async stop(): Promise<void> {
    if (!this.#crew) return;
    sessionStorage.removeItem(this.#key);
    this.#become('stopping');
    await this.#crew.stop();
  }

  #become(state: RunState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}

import { snapshot, storable } from '../values/values.js';

/** The state of an experiment's algorithm, as whoever has its lock sees it. */
export class LockedAlgorithmState {
  /** How the algorithm is configured, as the experiment has it. */
  readonly configuration: unknown;
  /** Whether somebody holds the lock. */
  readonly locked: boolean;
  /** When the lock was last taken, renewed or freed. */
  readonly heartbeat: Date | null;
  readonly #found: unknown;
  #newState: { readonly state: unknown } | undefined;
  /** A copy: what its reader does to it changes neither what was found nor what is to be saved. Made when it is asked for. */
  #shown: { readonly state: unknown } | undefined;

  constructor(state: unknown, configuration: unknown, locked: boolean, heartbeat: Date | null = null) {
    this.#found = state;
    this.configuration = configuration;
    this.locked = locked;
    this.heartbeat = heartbeat;
  }

  /** The state as it was found, or as it was last set. */
  get state(): unknown {
    this.#shown ??= { state: snapshot(this.#newState ? this.#newState.state : this.#found) };
    return this.#shown.state;
  }

  /** What is to be saved: the state last set; `undefined` where there is none. It is the storage's, and not to be changed. */
  get newState(): { readonly state: unknown } | undefined {
    return this.#newState;
  }

  /** Takes a copy of the state to save: any storable value, `null` too. @throws InvalidDocumentError if it cannot be stored. */
  setState(state: unknown): void {
    this.#newState = { state: storable(state, 'state') };
    this.#shown = undefined;
  }

  /** Goes back to the state that was found: nothing will be saved. */
  reset(): void {
    this.#newState = undefined;
    this.#shown = undefined;
  }
}

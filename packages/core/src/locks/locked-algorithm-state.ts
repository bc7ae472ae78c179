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
  #state: unknown;
  #isSet = false;

  constructor(state: unknown, configuration: unknown, locked: boolean, heartbeat: Date | null = null) {
    this.#found = state;
    this.#state = snapshot(state);
    this.configuration = configuration;
    this.locked = locked;
    this.heartbeat = heartbeat;
  }

  /** The state as it was found, or as it was last set. */
  get state(): unknown {
    return this.#state;
  }

  /** Whether there is a new state to save. */
  get isSet(): boolean {
    return this.#isSet;
  }

  /** Takes a copy of the state to save: any storable value, `null` too. @throws InvalidDocumentError if it cannot be stored. */
  setState(state: unknown): void {
    this.#state = storable(state, 'state');
    this.#isSet = true;
  }

  /** Goes back to the state that was found: nothing will be saved. */
  reset(): void {
    this.#state = snapshot(this.#found);
    this.#isSet = false;
  }
}

import type { Database } from '../database.js';
import type { Id } from '../document.js';
import { bySubmitTime } from '../find-options.js';
import { and, type Condition, oneOf } from '../query/condition.js';
import type { TrialChange } from '../storage-protocol.js';
import type { Trial } from '../trials/trial.js';

/** What one reader has been shown of some trials. Their `_id`s are all it keeps: enough to tell what came, changed and went. */
export class ShownTrials {
  readonly #database: Database;
  readonly #where: Condition;
  readonly #ids = new Set<Id>();

  constructor(database: Database, where: Condition) {
    this.#database = database;
    this.#where = where;
  }

  /** All trials there are. */
  async showAll(): Promise<TrialChange[]> {
    return (await this.#find(this.#where)).map((trial) => this.#show(trial));
  }

  /** What became of the trials with these `_id`s, those that went last. None of the others is read. */
  async showAgain(ids: ReadonlySet<Id>): Promise<TrialChange[]> {
    // Ours comes first: where the caller's query asks for an `_id` too, the first condition says which are read.
    const found = await this.#find(and(oneOf('_id', [...ids]), this.#where));
    const gone = new Set(ids);
    for (const { _id } of found) gone.delete(_id);
    return [...found.map((trial) => this.#show(trial)), ...this.#hide(gone)];
  }

  async #find(where: Condition): Promise<Trial[]> {
    return (await this.#database.find('trials', where, { sort: bySubmitTime })) as Trial[];
  }

  #show(trial: Trial): TrialChange {
    const kind = this.#ids.has(trial._id) ? 'changed' : 'added';
    this.#ids.add(trial._id);
    return { kind, trial };
  }

  #hide(ids: ReadonlySet<Id>): TrialChange[] {
    const shown = [...ids].filter((_id) => this.#ids.delete(_id));
    return shown.map((_id) => ({ kind: 'removed', _id }));
  }
}

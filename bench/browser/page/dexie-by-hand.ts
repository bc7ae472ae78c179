import type { Id, NewTrial, Result, Trial, TrialStatus } from '@trialbase/core';
import { Dexie, type Table } from 'dexie';
import {
  BY_ID,
  BY_STATUS,
  bySubmitTime,
  checkHeld,
  documentOf,
  freed,
  type LockByHand,
  oldestOf,
  pending,
  reserved,
  taken,
} from './documents-by-hand.js';
import { EXPERIMENT, type Verbs } from './verbs.js';

/** The verbs as somebody who knows Dexie would write them for one application. */
export class DexieByHand implements Verbs {
  readonly #database: Dexie;
  readonly #trials: Table<Trial, Id>;
  readonly #locks: Table<LockByHand, string>;

  private constructor(database: Dexie) {
    this.#database = database;
    this.#trials = database.table('trials');
    this.#locks = database.table('algo');
  }

  static async open(name: string): Promise<DexieByHand> {
    const database = new Dexie(name, { chromeTransactionDurability: 'relaxed' });
    database.version(1).stores({ trials: `_id,&${BY_ID},${BY_STATUS}`, algo: 'experiment' });
    await database.open();
    return new DexieByHand(database);
  }

  async register(trial: NewTrial): Promise<Trial> {
    const document = documentOf(trial);
    await this.#trials.add(document);
    return document;
  }

  async registerAll(trials: readonly NewTrial[]): Promise<Trial[]> {
    const documents = trials.map(documentOf);
    await this.#trials.bulkAdd(documents);
    return documents;
  }

  async reserve(): Promise<Trial | undefined> {
    return this.#database.transaction('rw', this.#trials, async () => {
      const first = await Promise.all(pending.map((status) => this.#withStatus(status).first()));
      const oldest = oldestOf(first);
      if (!oldest) return undefined;
      const trial = reserved(oldest);
      await this.#trials.put(trial);
      return trial;
    });
  }

  beat(trial: Trial): Promise<Trial> {
    return this.#change(trial, { heartbeat: new Date() });
  }

  setStatus(trial: Trial, status: TrialStatus): Promise<Trial> {
    return this.#change(trial, { status, heartbeat: new Date() });
  }

  complete(trial: Trial, results: readonly Result[]): Promise<Trial> {
    return this.#change(trial, { results, end_time: new Date(), status: 'completed' });
  }

  async get({ id }: Trial): Promise<Trial | undefined> {
    return this.#trials.where(BY_ID).equals([EXPERIMENT, id]).first();
  }

  async byStatus(status: TrialStatus): Promise<Trial[]> {
    return (await this.#withStatus(status).toArray()).sort(bySubmitTime);
  }

  async countCompleted(): Promise<number> {
    return this.#withStatus('completed').count();
  }

  async useLock(state: unknown, meanwhile?: () => Promise<void> | void): Promise<void> {
    await navigator.locks.request(`by hand ${EXPERIMENT}`, async () => {
      const held = await this.#changeLock((lock) => taken(lock, EXPERIMENT));
      await meanwhile?.();
      await this.#changeLock((lock) => freed(lock, held, state));
    });
  }

  async remove(ids: readonly Id[]): Promise<void> {
    await this.#trials.bulkDelete([...ids]);
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #withStatus(status: TrialStatus) {
    return this.#trials.where(BY_STATUS).equals([EXPERIMENT, status]);
  }

  async #change(trial: Trial, changes: Partial<Trial>): Promise<Trial> {
    return this.#database.transaction('rw', this.#trials, async () => {
      const stored = await this.#trials.where(BY_ID).equals([EXPERIMENT, trial.id]).first();
      checkHeld(stored, trial);
      const changed = { ...stored, ...changes };
      await this.#trials.put(changed);
      return changed;
    });
  }

  async #changeLock(change: (lock: LockByHand | undefined) => LockByHand): Promise<LockByHand> {
    return this.#database.transaction('rw', this.#locks, async () => {
      const changed = change(await this.#locks.get(EXPERIMENT));
      await this.#locks.put(changed);
      return changed;
    });
  }
}

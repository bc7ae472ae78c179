import type { Id, NewTrial, Result, Trial, TrialStatus } from '@trialbase/core';
import { Dexie, type Table } from 'dexie';
import {
  BY_ID,
  BY_STATUS,
  bySubmitTime,
  type CountsByHand,
  checkHeld,
  countedAnew,
  countsFor,
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
  readonly #counts: Table<CountsByHand, string>;

  private constructor(database: Dexie) {
    this.#database = database;
    this.#trials = database.table('trials');
    this.#locks = database.table('algo');
    this.#counts = database.table('counts');
  }

  static async open(name: string): Promise<DexieByHand> {
    const database = new Dexie(name, { chromeTransactionDurability: 'relaxed' });
    database
      .version(1)
      .stores({ trials: `_id,&${BY_ID},${BY_STATUS}`, algo: '_id,&experiment', counts: 'experiment' });
    await database.open();
    return new DexieByHand(database);
  }

  async register(trial: NewTrial): Promise<Trial> {
    const [document] = (await this.registerAll([trial])) as [Trial];
    return document;
  }

  async registerAll(trials: readonly NewTrial[]): Promise<Trial[]> {
    const documents = trials.map(documentOf);
    return this.#counting(async () => {
      const [before] = await Promise.all([this.#counts.get(EXPERIMENT), this.#trials.bulkAdd(documents)]);
      await this.#counts.put(countedAnew(before, EXPERIMENT, countsFor(documents, 1)));
      return documents;
    });
  }

  async reserve(): Promise<Trial | undefined> {
    return this.#counting(async () => {
      const [before, ...first] = await Promise.all([
        this.#counts.get(EXPERIMENT),
        ...pending.map((status) => this.#withStatus(status).first()),
      ]);
      const oldest = oldestOf(first);
      if (!oldest) return undefined;
      const trial = reserved(oldest);
      const after = countedAnew(before, EXPERIMENT, { [oldest.status]: -1, reserved: 1 });
      await Promise.all([this.#trials.put(trial), this.#counts.put(after)]);
      return trial;
    });
  }

  async beat(trial: Trial): Promise<Trial> {
    return this.#database.transaction('rw', this.#trials, async () => {
      const stored = await this.#trials.where(BY_ID).equals([EXPERIMENT, trial.id]).first();
      checkHeld(stored, trial);
      const changed = { ...stored, heartbeat: new Date() };
      await this.#trials.put(changed);
      return changed;
    });
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
    return (await this.#counts.get(EXPERIMENT))?.numbers.completed ?? 0;
  }

  async useLock(state: unknown, meanwhile?: () => Promise<void> | void): Promise<void> {
    await navigator.locks.request(`by hand ${EXPERIMENT}`, async () => {
      const held = await this.#changeLock((lock) => taken(lock, EXPERIMENT));
      await meanwhile?.();
      await this.#changeLock((lock) => freed(lock, held, state));
    });
  }

  async remove(ids: readonly Id[]): Promise<void> {
    await this.#counting(async () => {
      const trials = await this.#trials.bulkGet([...ids]);
      const gone = trials.filter((trial) => trial !== undefined);
      const before = await this.#counts.get(EXPERIMENT);
      await this.#trials.bulkDelete([...ids]);
      await this.#counts.put(countedAnew(before, EXPERIMENT, countsFor(gone, -1)));
    });
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #withStatus(status: TrialStatus) {
    return this.#trials.where(BY_STATUS).equals([EXPERIMENT, status]);
  }

  /** A transaction that changes how many trials there are of a status. */
  async #counting<T>(work: () => Promise<T>): Promise<T> {
    return this.#database.transaction('rw', [this.#trials, this.#counts], work);
  }

  async #change(trial: Trial, changes: Partial<Trial> & Pick<Trial, 'status'>): Promise<Trial> {
    return this.#counting(async () => {
      const [stored, before] = await Promise.all([
        this.#trials.where(BY_ID).equals([EXPERIMENT, trial.id]).first(),
        this.#counts.get(EXPERIMENT),
      ]);
      checkHeld(stored, trial);
      const changed = { ...stored, ...changes };
      const after = countedAnew(before, EXPERIMENT, { reserved: -1, [changes.status]: 1 });
      await Promise.all([this.#trials.put(changed), this.#counts.put(after)]);
      return changed;
    });
  }

  async #changeLock(change: (lock: LockByHand | undefined) => LockByHand): Promise<LockByHand> {
    return this.#database.transaction('rw', this.#locks, async () => {
      const changed = change(await this.#locks.where('experiment').equals(EXPERIMENT).first());
      await this.#locks.put(changed);
      return changed;
    });
  }
}

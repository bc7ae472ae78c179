import type { Id, NewTrial, Result, Trial, TrialStatus } from '@trialbase/core';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
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

interface Schema extends DBSchema {
  trials: { key: Id; value: Trial; indexes: { [BY_ID]: [string, string]; [BY_STATUS]: [string, string] } };
  algo: { key: string; value: LockByHand };
}

const RELAXED = { durability: 'relaxed' } as const;

/** The verbs as somebody who knows IndexedDB and idb would write them for one application. */
export class IdbByHand implements Verbs {
  readonly #database: IDBPDatabase<Schema>;

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  static async open(name: string): Promise<IdbByHand> {
    // Dexie multiplies its versions by ten, and is to open this database too.
    const database = await openDB<Schema>(name, 10, {
      upgrade: (upgraded) => {
        const trials = upgraded.createObjectStore('trials', { keyPath: '_id' });
        trials.createIndex(BY_ID, ['experiment', 'id'], { unique: true });
        trials.createIndex(BY_STATUS, ['experiment', 'status']);
        upgraded.createObjectStore('algo', { keyPath: 'experiment' });
      },
    });
    return new IdbByHand(database);
  }

  async register(trial: NewTrial): Promise<Trial> {
    const document = documentOf(trial);
    const transaction = this.#writing();
    await commit(transaction, [transaction.store.add(document)]);
    return document;
  }

  async registerAll(trials: readonly NewTrial[]): Promise<Trial[]> {
    const documents = trials.map(documentOf);
    const transaction = this.#writing();
    const adding = documents.map((document) => transaction.store.add(document));
    await commit(transaction, adding);
    return documents;
  }

  async reserve(): Promise<Trial | undefined> {
    const transaction = this.#writing();
    const index = transaction.store.index(BY_STATUS);
    const first = await Promise.all(pending.map((status) => index.get([EXPERIMENT, status])));
    const oldest = oldestOf(first);
    if (!oldest) return undefined;
    const trial = reserved(oldest);
    await commit(transaction, [transaction.store.put(trial)]);
    return trial;
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

  get({ id }: Trial): Promise<Trial | undefined> {
    return this.#database.getFromIndex('trials', BY_ID, [EXPERIMENT, id]);
  }

  async byStatus(status: TrialStatus): Promise<Trial[]> {
    const trials = await this.#database.getAllFromIndex('trials', BY_STATUS, [EXPERIMENT, status]);
    return trials.sort(bySubmitTime);
  }

  countCompleted(): Promise<number> {
    return this.#database.countFromIndex('trials', BY_STATUS, [EXPERIMENT, 'completed']);
  }

  async useLock(state: unknown, meanwhile?: () => Promise<void> | void): Promise<void> {
    await navigator.locks.request(`by hand ${EXPERIMENT}`, async () => {
      const held = await this.#changeLock((lock) => taken(lock, EXPERIMENT));
      await meanwhile?.();
      await this.#changeLock((lock) => freed(lock, held, state));
    });
  }

  async remove(ids: readonly Id[]): Promise<void> {
    const transaction = this.#writing();
    const removing = ids.map((id) => transaction.store.delete(id));
    await commit(transaction, removing);
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #writing() {
    return this.#database.transaction('trials', 'readwrite', RELAXED);
  }

  async #change(trial: Trial, changes: Partial<Trial>): Promise<Trial> {
    const transaction = this.#writing();
    const stored = await transaction.store.index(BY_ID).get([EXPERIMENT, trial.id]);
    checkHeld(stored, trial);
    const changed = { ...stored, ...changes };
    await commit(transaction, [transaction.store.put(changed)]);
    return changed;
  }

  async #changeLock(change: (lock: LockByHand | undefined) => LockByHand): Promise<LockByHand> {
    const transaction = this.#database.transaction('algo', 'readwrite', RELAXED);
    const changed = change(await transaction.store.get(EXPERIMENT));
    await commit(transaction, [transaction.store.put(changed)]);
    return changed;
  }
}

/** Ends a transaction whose last requests these are, which need not be answered first. */
async function commit(
  transaction: { commit(): void; readonly done: Promise<void> },
  requests: readonly Promise<unknown>[],
): Promise<void> {
  transaction.commit();
  await Promise.all([...requests, transaction.done]);
}

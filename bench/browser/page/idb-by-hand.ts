import type { Id, NewTrial, Result, Trial, TrialStatus } from '@trialbase/core';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
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

interface Schema extends DBSchema {
  trials: { key: Id; value: Trial; indexes: { [BY_ID]: [string, string]; [BY_STATUS]: [string, string] } };
  algo: { key: string; value: LockByHand; indexes: { experiment: string } };
  counts: { key: string; value: CountsByHand };
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
        const algo = upgraded.createObjectStore('algo', { keyPath: '_id' });
        algo.createIndex('experiment', 'experiment', { unique: true });
        upgraded.createObjectStore('counts', { keyPath: 'experiment' });
      },
    });
    return new IdbByHand(database);
  }

  async register(trial: NewTrial): Promise<Trial> {
    const [document] = (await this.registerAll([trial])) as [Trial];
    return document;
  }

  async registerAll(trials: readonly NewTrial[]): Promise<Trial[]> {
    const documents = trials.map(documentOf);
    const { transaction, store, counts } = this.#counting();
    const adding = documents.map((document) => store.add(document));
    const before = await counts.get(EXPERIMENT);
    const after = countedAnew(before, EXPERIMENT, countsFor(documents, 1));
    await commit(transaction, [...adding, counts.put(after)]);
    return documents;
  }

  async reserve(): Promise<Trial | undefined> {
    const { transaction, store, counts } = this.#counting();
    const index = store.index(BY_STATUS);
    const [before, ...first] = await Promise.all([
      counts.get(EXPERIMENT),
      ...pending.map((status) => index.get([EXPERIMENT, status])),
    ]);
    const oldest = oldestOf(first);
    if (!oldest) return undefined;
    const trial = reserved(oldest);
    const after = countedAnew(before, EXPERIMENT, { [oldest.status]: -1, reserved: 1 });
    await commit(transaction, [store.put(trial), counts.put(after)]);
    return trial;
  }

  async beat(trial: Trial): Promise<Trial> {
    const transaction = this.#database.transaction('trials', 'readwrite', RELAXED);
    const stored = await transaction.store.index(BY_ID).get([EXPERIMENT, trial.id]);
    checkHeld(stored, trial);
    const changed = { ...stored, heartbeat: new Date() };
    await commit(transaction, [transaction.store.put(changed)]);
    return changed;
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

  async countCompleted(): Promise<number> {
    return (await this.#database.get('counts', EXPERIMENT))?.numbers.completed ?? 0;
  }

  async useLock(state: unknown, meanwhile?: () => Promise<void> | void): Promise<void> {
    await navigator.locks.request(`by hand ${EXPERIMENT}`, async () => {
      const held = await this.#changeLock((lock) => taken(lock, EXPERIMENT));
      await meanwhile?.();
      await this.#changeLock((lock) => freed(lock, held, state));
    });
  }

  async remove(ids: readonly Id[]): Promise<void> {
    const { transaction, store, counts } = this.#counting();
    const trials = await Promise.all(ids.map((id) => store.get(id)));
    const gone = trials.filter((trial) => trial !== undefined);
    const after = countedAnew(await counts.get(EXPERIMENT), EXPERIMENT, countsFor(gone, -1));
    const removing = ids.map((id) => store.delete(id));
    await commit(transaction, [...removing, counts.put(after)]);
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  /** A transaction that changes how many trials there are of a status. */
  #counting() {
    const transaction = this.#database.transaction(['trials', 'counts'], 'readwrite', RELAXED);
    return {
      transaction,
      store: transaction.objectStore('trials'),
      counts: transaction.objectStore('counts'),
    };
  }

  async #change(trial: Trial, changes: Partial<Trial> & Pick<Trial, 'status'>): Promise<Trial> {
    const { transaction, store, counts } = this.#counting();
    const [stored, before] = await Promise.all([
      store.index(BY_ID).get([EXPERIMENT, trial.id]),
      counts.get(EXPERIMENT),
    ]);
    checkHeld(stored, trial);
    const changed = { ...stored, ...changes };
    const after = countedAnew(before, EXPERIMENT, { reserved: -1, [changes.status]: 1 });
    await commit(transaction, [store.put(changed), counts.put(after)]);
    return changed;
  }

  async #changeLock(change: (lock: LockByHand | undefined) => LockByHand): Promise<LockByHand> {
    const transaction = this.#database.transaction('algo', 'readwrite', RELAXED);
    const changed = change(await transaction.store.index('experiment').get(EXPERIMENT));
    await commit(transaction, [transaction.store.put(changed)]);
    return changed;
  }
}

/**
 * Ends a transaction whose last requests these are. One need not be answered first. Several must: if one fails when the transaction
 * was told to end, Firefox stores the others, and half a write is none.
 */
async function commit(
  transaction: { commit(): void; readonly done: Promise<void> },
  requests: readonly Promise<unknown>[],
): Promise<void> {
  if (requests.length === 1) transaction.commit();
  await Promise.all([...requests, transaction.done]);
}

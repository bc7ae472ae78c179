import { DocumentStorage, type StorageProtocol, type Trial } from '@trialbase/core';
import { QueueLocks } from '@trialbase/core/adapter';
import { openDexie } from '@trialbase/dexie';
import type { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { friendsDatabase, PREFIX } from './friends-database.js';
import { databaseName, remove } from './indexed-db.js';
import { Live } from './live.js';

const experiment = 'e';
const locks = new QueueLocks();

let friends: Dexie;
let storage: StorageProtocol;
/** What another tab of the application has open. */
let otherFriends: Dexie;
let otherStorage: StorageProtocol;
let running: Live<unknown>[];

beforeEach(async () => {
  const name = databaseName();
  friends = friendsDatabase(name);
  otherFriends = friendsDatabase(name);
  storage = new DocumentStorage(await openDexie({ database: friends, prefix: PREFIX, locks }));
  otherStorage = new DocumentStorage(await openDexie({ database: otherFriends, prefix: PREFIX, locks }));
  await storage.createExperiment({ _id: experiment, name: 'e', version: 1 });
  running = [];
});

afterEach(async () => {
  for (const query of running) query.stop();
  await storage.close();
  await otherStorage.close();
  friends.close();
  otherFriends.close();
  await remove(friends.name);
});

function follow<T>(query: () => Promise<T>): Live<T> {
  const started = new Live(query);
  running.push(started);
  return started;
}

function register(through: StorageProtocol, of: string, value: number): Promise<Trial> {
  return through.registerTrial({ experiment: of, params: [{ name: '/x', type: 'real', value }] });
}

function statuses(trials: readonly Trial[]): string[] {
  return trials.map(({ status }) => status);
}

describe('a live query', () => {
  it('of the trials runs again with each change, whoever makes it', async () => {
    const query = follow(() => storage.fetchTrials({ uid: experiment }).then(statuses));
    await expect.poll(query.last).toEqual([]);
    await register(storage, experiment, 1);
    await expect.poll(query.last).toEqual(['new']);
    await register(otherStorage, experiment, 2);
    await expect.poll(query.last).toEqual(['new', 'new']);
    await otherStorage.reserveTrial({ uid: experiment });
    await expect.poll(query.last).toEqual(['reserved', 'new']);
    await storage.deleteTrials({ uid: experiment });
    await expect.poll(query.last).toEqual([]);
  });

  it('that awaits several reads runs again for any of them', async () => {
    const query = follow(async () => {
      const completed = await storage.countCompletedTrials({ uid: experiment });
      const [record] = await storage.fetchExperiments({ _id: experiment });
      return [record?.['version'], completed];
    });
    await expect.poll(query.last).toEqual([1, 0]);
    const trial = await register(otherStorage, experiment, 1);
    await otherStorage.updateTrial(trial, { status: 'completed' });
    await expect.poll(query.last).toEqual([1, 1]);
    await otherStorage.updateExperiment({ uid: experiment }, { version: 2 });
    await expect.poll(query.last).toEqual([2, 1]);
  });

  it('does not run again for what it has not read', async () => {
    const query = follow(() => storage.fetchTrials({ uid: experiment }).then(statuses));
    await expect.poll(query.last).toEqual([]);
    await storage.createExperiment({ _id: 'other', name: 'other' });
    await register(storage, 'other', 1);
    await friends.table('friends').add({ name: 'Ada' });
    await register(storage, experiment, 1);
    await expect.poll(query.last).toEqual(['new']);
    expect(query.given).toHaveLength(2);
  });

  it('over the tables themselves sees what the storage writes', async () => {
    const trials = friends.table(`${PREFIX}trials`);
    const query = follow(() => trials.where('keys.experiment').equals(experiment).count());
    const known = follow(() => trials.toArray((records) => records.map(({ document }) => document.status)));
    await expect.poll(query.last).toEqual(0);
    await register(storage, experiment, 1);
    await expect.poll(query.last).toEqual(1);
    await otherStorage.reserveTrial({ uid: experiment });
    await expect.poll(known.last).toEqual(['reserved']);
  });

  it('joins trials with what the application keeps', async () => {
    const query = follow(async () => {
      const trials = await storage.fetchTrials({ uid: experiment });
      return [await friends.table('friends').count(), trials.length];
    });
    await expect.poll(query.last).toEqual([0, 0]);
    await friends.table('friends').add({ name: 'Ada' });
    await expect.poll(query.last).toEqual([1, 0]);
    await register(storage, experiment, 1);
    await expect.poll(query.last).toEqual([1, 1]);
  });

  it('goes on when the browser drops the connection under it', async () => {
    const query = follow(() => storage.fetchTrials({ uid: experiment }).then(statuses));
    await expect.poll(query.last).toEqual([]);
    friends.backendDB().close();
    await register(otherStorage, experiment, 1);
    await expect.poll(query.last).toEqual(['new']);
    await register(otherStorage, experiment, 2);
    await expect.poll(query.last).toEqual(['new', 'new']);
  });
});

describe('a live query of a store in a database of its own', () => {
  const open = async (name: string): Promise<StorageProtocol> =>
    new DocumentStorage(await openDexie({ name, locks }));

  it('goes on when the browser drops the connection under it', async () => {
    const name = databaseName();
    const native = connections();
    const [mine, other] = [await open(name), await open(name)];
    const query = follow(() => mine.fetchTrials({ uid: experiment }).then(statuses));
    await expect.poll(query.last).toEqual([]);
    native.opened[0]?.close();
    await register(other, experiment, 1);
    await expect.poll(query.last).toEqual(['new']);
    await register(other, experiment, 2);
    await expect.poll(query.last).toEqual(['new', 'new']);
    expect(native.opened).toHaveLength(3);
    native.stop();
    await mine.close();
    await other.close();
    await remove(name);
  });
});

/** The platform's own connections that are opened from now on. */
function connections(): { readonly opened: readonly IDBDatabase[]; stop(): void } {
  const opened: IDBDatabase[] = [];
  const open = indexedDB.open.bind(indexedDB);
  indexedDB.open = (...options) => {
    const request = open(...options);
    request.addEventListener('success', () => opened.push(request.result));
    return request;
  };
  return { opened, stop: () => void Reflect.deleteProperty(indexedDB, 'open') };
}

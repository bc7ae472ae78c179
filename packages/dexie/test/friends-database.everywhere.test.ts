import { InvalidConfigurationError, StorageClosedError } from '@trialbase/core';
import { everything, type OpenDatabase, parseQuery, QueueLocks } from '@trialbase/core/adapter';
import { openDexie, trialbaseTables } from '@trialbase/dexie';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { friendsDatabase, PREFIX } from './friends-database.js';
import { databaseName, remove } from './indexed-db.js';

let friends: Dexie;

beforeEach(() => {
  friends = friendsDatabase(databaseName());
});

afterEach(async () => {
  friends.close();
  await remove(friends.name);
});

function open(database = friends, prefix = PREFIX): Promise<OpenDatabase> {
  return openDexie({ database, prefix, locks: new QueueLocks() });
}

function insert(_id: string) {
  const documents = [{ _id, name: _id }];
  return { kind: 'insert', collection: 'experiments', documents, onDuplicate: 'refuse' } as const;
}

describe("the application's database", () => {
  it('stays open when the store is closed, which then refuses every call', async () => {
    const database = await open();
    await database.close();
    await expect(database.find('trials', everything)).rejects.toBeInstanceOf(StorageClosedError);
    await expect(database.write([insert('e')])).rejects.toBeInstanceOf(StorageClosedError);
    expect(friends.isOpen()).toBe(true);
    expect(await friends.table('friends').count()).toBe(0);
  });

  it('may hold several stores, each in tables of its own', async () => {
    friends.version(4).stores(trialbaseTables({ prefix: 'second_' }));
    const [first, second] = [await open(), await open(friends, 'second_')];
    const told: string[] = [];
    second.watch(() => told.push('second'));
    first.watch(() => told.push('first'));
    await first.write([insert('e')]);
    expect(await second.count('experiments', everything)).toBe(0);
    expect(told).toEqual(['first']);
    await first.close();
    await second.close();
  });

  it('is not opened against the will of the application, and serves again when that opens it', async () => {
    const database = await open();
    friends.close();
    await expect(database.count('trials', everything)).rejects.toMatchObject({
      code: 'storage-unavailable',
      message: expect.stringContaining('application has closed'),
    });
    expect(friends.isOpen()).toBe(false);
    await friends.open();
    expect(await database.count('trials', everything)).toBe(0);
    await database.close();
  });

  it('serves again after another tab has upgraded it', async () => {
    const database = await open();
    await database.write([insert('e')]);
    const upgraded = friendsDatabase(friends.name);
    upgraded.version(4).stores({ enemies: '++id' });
    await upgraded.open();
    expect(await database.count('experiments', everything)).toBe(1);
    upgraded.close();
    await database.close();
  });

  it('that lacks the tables is refused, with what to declare', async () => {
    const refused = open(friends, 'searches_');
    await expect(refused).rejects.toBeInstanceOf(InvalidConfigurationError);
    await expect(refused).rejects.toThrow("db.version(4).stores(trialbaseTables({ prefix: 'searches_' }))");
  });

  it('that has other indexes in them is refused', async () => {
    const { trialbase_trials: trials, ...others } = trialbaseTables({ prefix: PREFIX });
    for (const wrong of [`${trials},keys.worker`, 'document._id', trials?.replace('&', '')]) {
      const database = new Dexie(databaseName());
      database.version(1).stores({ ...others, trialbase_trials: wrong ?? '' });
      const refused = open(database);
      await expect(refused).rejects.toMatchObject({ code: 'invalid-configuration' });
      await expect(refused).rejects.toThrow("'trialbase_trials'");
      database.close();
      await remove(database.name);
    }
  });

  it('has to be one of Dexie', async () => {
    const database = { name: 'friends' } as Dexie;
    await expect(open(database)).rejects.toBeInstanceOf(InvalidConfigurationError);
  });

  it('that is held by another tab in an older version is not waited for longer than allowed', async () => {
    const other = new Dexie(friends.name);
    other.version(2).stores({ friends: '++id' });
    other.on('versionchange', () => false);
    await other.open();
    await expect(openDexie({ database: friends, prefix: PREFIX, openTimeout: 100 })).rejects.toMatchObject({
      code: 'storage-unavailable',
      message: expect.stringContaining('100 ms'),
    });
    other.close();
    const database = await open();
    expect(await database.count('trials', everything)).toBe(0);
    await database.close();
  });
});

describe('trials of a version that did not count them', () => {
  const { [`${PREFIX}counts`]: counts = '', ...uncounted } = trialbaseTables({ prefix: PREFIX });
  const inE = parseQuery({ experiment: 'e' });
  const completedInE = parseQuery({ experiment: 'e', status: 'completed' });

  beforeEach(async () => {
    const older = new Dexie(friends.name);
    older.version(3).stores({ friends: '++id, name', ...uncounted });
    const trials = older.table(`${PREFIX}trials`);
    for (const [_id, status] of [
      [1, 'completed'],
      [2, 'new'],
      [3, 'completed'],
    ] as const) {
      const keys = { experiment: 'e', id: `trial ${_id}`, status };
      await trials.add({ keys, document: { _id, ...keys } });
    }
    older.close();
  });

  it('are counted when the application has raised its version for it', async () => {
    friends.version(4).stores({ [`${PREFIX}counts`]: counts });
    const database = await open();
    expect(await database.count('trials', inE)).toBe(3);
    expect(await database.count('trials', completedInE)).toBe(2);
    await database.write([{ kind: 'remove', collection: 'trials', where: parseQuery({ _id: 1 }) }]);
    await database.close();
    const again = await open();
    expect(await again.count('trials', completedInE)).toBe(1);
    await again.close();
  });

  it('are counted where the application declares the tables in the version that it had, and has raised it for something else', async () => {
    friends.version(4).stores({ enemies: '++id' });
    const database = await open();
    expect(await database.count('trials', inE)).toBe(3);
    expect(await database.count('trials', completedInE)).toBe(2);
    await database.close();
  });

  it('are counted where the application forgot to raise its version', async () => {
    const database = await open();
    expect(await database.count('trials', completedInE)).toBe(2);
    await database.close();
    friends.close();
    friends = friendsDatabase(friends.name);
    const again = await open();
    expect(await again.count('trials', inE)).toBe(3);
    await again.close();
  });

  it('are refused, with what to declare, where the application does not declare the table of counts', async () => {
    friends = new Dexie(friends.name);
    friends.version(3).stores({ friends: '++id, name', ...uncounted });
    const refused = open();
    await expect(refused).rejects.toMatchObject({ code: 'invalid-configuration' });
    await expect(refused).rejects.toThrow(/'trialbase_counts'.*db\.version\(4\)/);
  });
});

describe('a call in a transaction of the application', () => {
  it('is a transaction of its own: Dexie says that the other was left too early', async () => {
    const database = await open();
    const left = friends.transaction('rw', friends.tables, async () => {
      await friends.table('friends').add({ name: 'Ada' });
      await database.write([insert('e')]);
      await friends.table('friends').add({ name: 'Grace' });
    });
    await expect(left).rejects.toThrow(/too early|already completed/);
    expect(await database.count('experiments', everything)).toBe(1);
    expect(await friends.table('friends').count()).toBe(1);
    await database.close();
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { equal, everything } from '../../query/condition.js';
import { parseQuery } from '../../query/parse.js';
import { SCHEMA_VERSION } from '../../schema.js';
import { insert, trial, update } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { watchConnections } from './native-connections.js';
import { databaseExists, deleteDatabase, newName, openStubbornly } from './other-tab.js';

/** The native version of a database. */
const VERSION = 10 * SCHEMA_VERSION;

/** An older version: the documents have nothing beside them, and only a look-up that nobody needs any more. */
function createOlder(name: string): Promise<IDBDatabase> {
  return openStubbornly(name, VERSION - 1, (database) => {
    const store = database.createObjectStore('trials', { keyPath: 'document._id' });
    store.createIndex('worker', 'document.worker');
    store.add({ document: trial(1, { status: 'completed' }) });
    store.add({ document: trial(2) });
  });
}

/** Version 1, in which nothing was counted yet, with three trials of an experiment and one that is of none. */
function createFirst(name: string): Promise<IDBDatabase> {
  return openStubbornly(name, 10, (database) => {
    const keyPath = 'document._id';
    const algo = database.createObjectStore('algo', { keyPath });
    algo.createIndex('keys.experiment', 'keys.experiment', { unique: true });
    const benchmarks = database.createObjectStore('benchmarks', { keyPath });
    benchmarks.createIndex('keys.name', 'keys.name', { unique: true });
    const experiments = database.createObjectStore('experiments', { keyPath });
    experiments.createIndex('[keys.name+keys.version]', ['keys.name', 'keys.version'], { unique: true });
    const trials = database.createObjectStore('trials', { keyPath });
    trials.createIndex('[keys.experiment+keys.id]', ['keys.experiment', 'keys.id'], { unique: true });
    trials.createIndex('keys.experiment', 'keys.experiment');
    trials.createIndex('[keys.experiment+keys.status]', ['keys.experiment', 'keys.status']);
    const add = (_id: number, experiment: string | null, status: string): void => {
      const keys = { experiment: experiment ?? [], id: `trial ${_id}`, status };
      trials.add({ keys, document: trial(_id, { experiment, status }) });
    };
    add(1, 'e', 'completed');
    add(2, 'e', 'new');
    add(3, null, 'completed');
    add(4, 'e', 'completed');
  });
}

export function describeOpening(connector: IndexedDbConnector): void {
  describe('opening', () => {
    const { indexedDB } = globalThis;
    let name: string;

    beforeEach(() => {
      name = newName();
    });

    afterEach(async () => {
      Object.defineProperty(globalThis, 'indexedDB', { value: indexedDB, configurable: true });
      await deleteDatabase(name);
    });

    it('is refused where there is no IndexedDB, and says what to use instead', async () => {
      Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true });
      await expect(connector.open(name)).rejects.toMatchObject({
        code: 'storage-unavailable',
        message: expect.stringContaining("{ type: 'memory' }"),
      });
    });

    it('is refused with an option that there is not, and nothing is made', async () => {
      const mistaken: object = { openTimout: 5 };
      await expect(connector.open(name, mistaken)).rejects.toMatchObject({
        code: 'invalid-configuration',
        message: expect.stringMatching(/no option 'openTimout'; it has .*openTimeout/),
      });
      expect(await databaseExists(name)).toBe(false);
    });

    it('is refused where a newer version made the database, naming both versions', async () => {
      (await openStubbornly(name, VERSION + 70)).close();
      const refused = connector.open(name);
      await expect(refused).rejects.toMatchObject({ code: 'unsupported-version' });
      await expect(refused).rejects.toThrow(new RegExp(`version ${VERSION + 70}.* version ${VERSION}\\b`));
    });

    describe('in a browser that does not list its databases', () => {
      beforeEach(() => {
        Object.defineProperty(indexedDB, 'databases', { value: undefined, configurable: true });
      });

      afterEach(() => {
        Reflect.deleteProperty(indexedDB, 'databases');
      });

      it('is refused all the same where a newer version made the database', async () => {
        (await openStubbornly(name, VERSION + 70)).close();
        const refused = connector.open(name);
        await expect(refused).rejects.toMatchObject({ code: 'unsupported-version' });
        await expect(refused).rejects.toThrow(`a newer version, and this page knows version ${VERSION}:`);
      });

      it('comes to the same, and again where the browser dropped the connection', async () => {
        const native = watchConnections();
        const database = await connector.open(name);
        await database.write([insert('trials', [trial(1)])]);
        native.opened.at(-1)?.close();
        expect(await database.count('trials', everything)).toBe(1);
        native.stop();
        await database.close();
      });

      it('does not bring a database back that was deleted', async () => {
        const database = await connector.open(name);
        await deleteDatabase(name);
        await expect(database.count('trials', everything)).rejects.toMatchObject({
          code: 'storage-unavailable',
          message: expect.stringContaining('was deleted'),
        });
        await database.close();
      });
    });

    it('takes as long as it takes where that is asked for', async () => {
      const other = await createOlder(name);
      const opening = connector.open(name, { openTimeout: Number.POSITIVE_INFINITY });
      const first = await Promise.race([
        opening,
        new Promise((resolve) => setTimeout(resolve, 100, 'waits')),
      ]);
      expect(first).toBe('waits');
      other.close();
      await (await opening).close();
    });

    it('upgrades a database of an older version in place, and keeps what is in it', async () => {
      (await createOlder(name)).close();
      const database = await connector.open(name);
      expect((await database.find('trials', everything)).map(({ _id }) => _id)).toEqual([1, 2]);
      expect(await database.count('trials', equal('status', 'completed'))).toBe(1);
      const again = database.write([insert('trials', [{ ...trial(3), id: 'trial 2' }])]);
      await expect(again).rejects.toMatchObject({ code: 'duplicate-key', fields: ['experiment', 'id'] });
      await database.write([insert('experiments', [{ _id: 1 }])]);
      await database.close();
    });

    it('counts the trials of a store in which none were counted', async () => {
      (await createFirst(name)).close();
      const database = await connector.open(name);
      const counts = (): Promise<number[]> =>
        Promise.all(
          [{}, { status: 'completed' }, { status: 'new' }, { status: { $in: ['new', 'reserved'] } }].map(
            (query) => database.count('trials', parseQuery({ experiment: 'e', ...query })),
          ),
        );
      expect(await counts()).toEqual([3, 2, 1, 1]);
      await database.write([update('trials', { _id: 1 }, { status: 'new' })]);
      expect(await counts()).toEqual([3, 1, 2, 2]);
      expect(await database.count('trials', everything)).toBe(4);
      await database.close();
    });

    it('ends in time where another tab holds an older version, says so, and works when that lets go', async () => {
      const other = await createOlder(name);
      const began = performance.now();
      // The browser says who holds it within that, on a busy machine too.
      await expect(connector.open(name, { openTimeout: 1_000 })).rejects.toMatchObject({
        code: 'storage-unavailable',
        message: expect.stringContaining(`version ${VERSION - 1}`),
      });
      expect(performance.now() - began).toBeLessThan(5_000);
      other.close();
      const database = await connector.open(name);
      expect(await database.count('trials', everything)).toBe(2);
      await database.close();
    });

    it('ends in time where another tab takes its time with an upgrade', async () => {
      const first = await openStubbornly(name, 1);
      // Waits for the first connection to close, and everybody else for it.
      const upgrade = openStubbornly(name, 2);
      await expect(connector.open(name, { openTimeout: 200 })).rejects.toMatchObject({
        code: 'storage-unavailable',
      });
      first.close();
      (await upgrade).close();
    });

    it('that failed leaves nothing behind that would keep others waiting', async () => {
      const other = await createOlder(name);
      await expect(connector.open(name, { openTimeout: 50 })).rejects.toMatchObject({
        code: 'storage-unavailable',
      });
      other.close();
      await deleteDatabase(name);
      expect(await databaseExists(name)).toBe(false);
    });
  });
}

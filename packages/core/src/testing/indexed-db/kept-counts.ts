import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../database.js';
import { everything } from '../../query/condition.js';
import { parseQuery } from '../../query/parse.js';
import { insert, remove, trial, update } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { type NativeConnections, watchConnections } from './native-connections.js';
import { answerTo, deleteDatabase, newName, openStubbornly } from './other-tab.js';

export function describeKeptCounts(connector: IndexedDbConnector): void {
  describe('the numbers of trials', () => {
    let name: string;
    let native: NativeConnections;
    let database: OpenDatabase;
    /** The object stores of each transaction since. */
    let scopes: string[][];

    beforeEach(async () => {
      name = newName();
      native = watchConnections();
      database = await connector.open(name);
      await database.write([
        insert('trials', [trial(1, { experiment: 'e' }), trial(2, { experiment: 'f' })]),
      ]);
      scopes = [];
      native.onTransaction(({ objectStoreNames }) => scopes.push(Array.from(objectStoreNames)));
    });

    afterEach(async () => {
      native.stop();
      await database.close();
      await deleteDatabase(name);
    });

    it('are counted without looking at the trials, by experiment, and by status or several', async () => {
      for (const query of [{}, { status: 'new' }, { status: { $in: ['new', 'reserved'] } }])
        expect(await database.count('trials', parseQuery({ experiment: 'e', ...query }))).toBe(1);
      expect(scopes).toEqual([['counts'], ['counts'], ['counts']]);
    });

    it('are left alone by writes that change no status', async () => {
      await database.write([update('trials', { experiment: 'e' }, { heartbeat: new Date() })]);
      await database.write([insert('experiments', [{ _id: 'e', name: 'e' }])]);
      await database.write([update('trials', { experiment: 'e' }, { status: 'reserved' })]);
      expect(scopes).toEqual([['trials'], ['experiments'], ['counts', 'trials']]);
    });

    it('leave nothing behind when the trials of an experiment are removed', async () => {
      await database.write([remove('trials', { experiment: 'e' })]);
      const other = await openStubbornly(name);
      const stored = await answerTo(other.transaction('counts').objectStore('counts').getAll());
      other.close();
      expect(stored.map(({ document }) => document)).toEqual([
        { _id: 'trials/f', numbers: new Map([['new', 1]]) },
      ]);
      expect(await database.count('trials', everything)).toBe(1);
    });

    it('are right where one write adds trials, removes them and adds others', async () => {
      await database.write([
        insert('trials', [trial(3, { experiment: 'e', status: 'broken' }), trial(4, { experiment: 'e' })]),
        remove('trials', { experiment: 'e', status: { $in: ['broken', 'reserved'] } }),
        remove('trials', { experiment: 'f' }),
        insert('trials', [
          trial(5, { experiment: 'e', status: 'broken' }),
          trial(6, { experiment: 'f', status: 'reserved' }),
        ]),
      ]);
      for (const [experiment, status, count] of [
        ['e', 'new', 2],
        ['e', 'broken', 1],
        ['f', 'new', 0],
        ['f', 'reserved', 1],
      ] as const) {
        const those = parseQuery({ experiment, status });
        expect(await database.count('trials', those)).toBe(count);
        expect(await database.find('trials', those)).toHaveLength(count);
      }
    });
  });
}

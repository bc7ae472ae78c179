import { describe, expect, it } from 'vitest';
import type { OpenDatabase, Touched } from '../../database.js';
import { DuplicateKeyError, StorageClosedError } from '../../errors.js';
import { equal } from '../../query/condition.js';
import { type DatabaseConnector, eachOnItsOwn } from '../connectors.js';
import { until } from '../waiting.js';
import { insert, remove, trial, update } from './steps.js';

export function describeWatching(connector: DatabaseConnector): void {
  describe('watching', () => {
    const connect = eachOnItsOwn(connector);
    const watchers = [
      ['its own writes', async (one: OpenDatabase) => one],
      ['those of another connection', () => connect()],
    ] as const;

    describe.each(watchers)('tells of %s', (_whose, writerBeside) => {
      it('which documents were put, changed or removed, and nothing else', async () => {
        const database = await connect();
        const writer = await writerBeside(database);
        const heard = new Heard(database);
        await writer.write([insert('trials', [trial(1), trial('two'), trial(3)])]);
        expect(await heard.next(3)).toEqual(['trials 1', 'trials 3', 'trials two']);
        await writer.write([update('trials', { _id: { $in: [1, 'two'] } }, { status: 'reserved' })]);
        expect(await heard.next(2)).toEqual(['trials 1', 'trials two']);
        await writer.write([remove('trials', { status: 'reserved' })]);
        expect(await heard.next(2)).toEqual(['trials 1', 'trials two']);
      });

      it('all that one write touched, in each collection that is watched, each document once', async () => {
        const database = await connect();
        const writer = await writerBeside(database);
        const heard = new Heard(database);
        await writer.write([
          insert('experiments', [{ _id: 1, name: 'e', version: 1 }]),
          insert('algo', [{ _id: 2, experiment: 1 }]),
          insert('trials', [trial(3)]),
          update('trials', { _id: 3 }, { status: 'reserved' }),
          update('experiments', { _id: 1 }, { seen: true }),
        ]);
        expect(await heard.next(2)).toEqual(['experiments 1', 'trials 3']);
      });

      it('of each of many writes at once', async () => {
        const database = await connect();
        const writer = await writerBeside(database);
        const heard = new Heard(database);
        const ids = Array.from({ length: 100 }, (_, i) => i);
        await Promise.all(ids.map((id) => writer.write([insert('trials', [trial(id)])])));
        expect(await heard.next(100)).toEqual(trialsNamed(ids));
      });

      it('nothing of a write that failed, or changed nothing', async () => {
        const database = await connect();
        const writer = await writerBeside(database);
        const heard = new Heard(database);
        await writer.write([insert('trials', [trial(1)])]);
        expect(await heard.next(1)).toEqual(['trials 1']);
        const failing = writer.write([insert('trials', [trial(2)]), insert('trials', [trial(1)])]);
        await expect(failing).rejects.toThrow(DuplicateKeyError);
        await writer.write([insert('trials', [trial(1)], 'skip')]);
        await writer.write([update('trials', { status: 'broken' }, { status: 'new' })]);
        await writer.write([remove('trials', { status: 'broken' })]);
        await writer.write([insert('trials', [trial('last')])]);
        expect(await heard.next(1)).toEqual(['trials last']);
      });

      it('not before it can be read', async () => {
        const database = await connect();
        const writer = await writerBeside(database);
        const heard = new Heard(database);
        const read: Promise<unknown>[] = [];
        database.watch((touched) => {
          if (touched.length > 0) read.push(database.find('trials', equal('_id', 1)));
        });
        await writer.write([insert('trials', [trial(1)])]);
        await heard.next(1);
        await writer.write([update('trials', { _id: 1 }, { status: 'reserved' })]);
        await heard.next(1);
        expect(await Promise.all(read)).toEqual([[trial(1)], [trial(1, { status: 'reserved' })]]);
      });
    });

    it('tells of both sides, each write once, while both write', async () => {
      const both = [await connect(), await connect()] as const;
      const heard = both.map((database) => new Heard(database));
      const ids = Array.from({ length: 60 }, (_, i) => i);
      await Promise.all(ids.map((id) => (both[id % 2] ?? both[0]).write([insert('trials', [trial(id)])])));
      for (const ear of heard) expect(await ear.next(60)).toEqual(trialsNamed(ids));
    });

    it('ends when it is ended, and not before: once each, though the listener is the same', async () => {
      const database = await connect();
      const calls: number[] = [];
      const listener = (touched: readonly Touched[]): void => {
        calls.push(touched.length);
      };
      const [endFirst, endSecond] = [database.watch(listener), database.watch(listener)];
      const other = new Heard(database);
      endFirst();
      endFirst();
      await database.write([insert('trials', [trial(1)])]);
      expect(await other.next(1)).toEqual(['trials 1']);
      expect(calls).toEqual([1]);
      endSecond();
      await database.write([insert('trials', [trial(2)])]);
      expect(await other.next(1)).toEqual(['trials 2']);
      expect(calls).toEqual([1]);
    });

    it('has told of a write of its own by the time the write is acknowledged', async () => {
      const database = await connect();
      const calls: (readonly Touched[])[] = [];
      database.watch((touched) => calls.push(touched));
      await database.write([insert('trials', [trial(1)])]);
      expect(calls).toEqual([[{ collection: 'trials', ids: [1] }]]);
    });

    it('can begin anew after all of it has ended', async () => {
      const database = await connect();
      database.watch(() => undefined)();
      const heard = new Heard(database);
      await (await connect()).write([insert('trials', [trial(1)])]);
      expect(await heard.next(1)).toEqual(['trials 1']);
    });

    it('calls with nothing at close(), for the last time, and refuses to begin after it', async () => {
      const database = await connect();
      const other = await connect();
      const calls: (readonly Touched[])[] = [];
      database.watch((touched) => calls.push(touched));
      const stays = new Heard(other);
      await database.close();
      expect(calls).toEqual([[]]);
      expect(() => database.watch(() => undefined)).toThrow(StorageClosedError);
      await other.write([insert('trials', [trial(1)])]);
      expect(await stays.next(1)).toEqual(['trials 1']);
      expect(calls).toEqual([[]]);
    });
  });
}

/** What a connection tells from its making on. */
class Heard {
  #documents: string[] = [];

  constructor(database: OpenDatabase) {
    database.watch((touched) => {
      for (const { collection, ids } of touched)
        this.#documents.push(...ids.map((id) => `${collection} ${id}`));
    });
  }

  /** Waits until so many documents have been told of since the last time this was asked. @returns them, sorted. */
  async next(count: number): Promise<string[]> {
    await until(
      () => this.#documents.length >= count,
      () => `Of ${count} documents only these were told: ${this.#documents.join(', ')}`,
    );
    return this.#documents.splice(0).sort();
  }
}

function trialsNamed(ids: readonly number[]): string[] {
  return ids.map((id) => `trials ${id}`).sort();
}

import { describe, expect, it } from 'vitest';
import { DuplicateKeyError } from '../../errors.js';
import { eachOnItsOwn, type StorageConnector, takingTurns } from '../connectors.js';
import { HandClock, newTrial } from './trials.js';

export function describeExperiments(connector: StorageConnector): void {
  describe('experiments', () => {
    const connect = eachOnItsOwn(connector);

    it('are stored with all their fields, and a given _id is kept', async () => {
      const storage = await connect();
      const config = {
        name: 'e',
        version: 1,
        space: { '/lr': 'loguniform(1e-5, 1.0)' },
        mine: { at: new Date(0), 'a.b': [1] },
      };
      const created = await storage.createExperiment(config);
      expect(created).toEqual({ _id: expect.any(String), ...config });
      expect(await storage.createExperiment({ _id: 7, name: 'f' })).toEqual({ _id: 7, name: 'f' });
      expect(await storage.createExperiment({ _id: 'mine', name: 'g' })).toEqual({ _id: 'mine', name: 'g' });
      expect(await (await connect()).fetchExperiments({ name: 'e' })).toEqual([created]);
    });

    it('get ids that sort by creation', async () => {
      const storage = await connect();
      const created = [];
      for (let version = 0; version < 20; version++)
        created.push(await storage.createExperiment({ name: 'e', version }));
      expect(await storage.fetchExperiments({})).toEqual(created);
    });

    it('come with an algorithm lock, which takes its configuration from the algorithm', async () => {
      const clock = new HandClock();
      const storage = await connect({ clock: clock.now });
      const { _id } = await storage.createExperiment({ name: 'e', algorithm: { random: { seed: 1 } } });
      const free = {
        state: null,
        configuration: { random: { seed: 1 } },
        locked: false,
        heartbeat: clock.now(),
      };
      expect(await storage.getAlgorithmLockInfo({ uid: _id })).toMatchObject(free);
      const plain = await storage.createExperiment({ name: 'without an algorithm' });
      expect((await storage.getAlgorithmLockInfo(plain))?.configuration).toEqual({});
      const options = { algoLocked: true, algoState: { n: new Map([[1, 2]]) }, algoHeartbeat: new Date(0) };
      const second = await storage.createExperiment({ name: 'f' }, options);
      expect(await storage.getAlgorithmLockInfo(second)).toMatchObject({
        state: options.algoState,
        locked: true,
        heartbeat: new Date(0),
      });
    });

    it('have a name and version of their own; a duplicate leaves nothing behind, no second lock either', async () => {
      const storage = await connect();
      const first = await storage.createExperiment({ name: 'e', version: 1 }, { algoState: 'first' });
      const again = storage.createExperiment({ _id: 'x', name: 'e', version: 1 }, { algoState: 'second' });
      await expect(again).rejects.toThrow(DuplicateKeyError);
      expect(await storage.fetchExperiments({})).toEqual([first]);
      expect(await storage.getAlgorithmLockInfo({ uid: 'x' })).toBeUndefined();
      expect((await storage.getAlgorithmLockInfo(first))?.state).toBe('first');
      await storage.createExperiment({ name: 'e', version: 2 });
      await storage.createExperiment({ name: 'e' });
      await expect(storage.createExperiment({ name: 'e' })).rejects.toThrow(DuplicateKeyError);
    });

    it('are created once by many at a time', async () => {
      const storage = await takingTurns(connect);
      const creations = Array.from({ length: 10 }, (_, i) =>
        storage(i).createExperiment({ name: 'e', version: 1 }),
      );
      const settled = await Promise.allSettled(creations);
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await storage(0).fetchExperiments({})).toHaveLength(1);
    });

    it('are found by queries and selections', async () => {
      const storage = await connect();
      for (const [i, name] of ['a', 'b', 'c'].entries()) {
        await storage.createExperiment({
          _id: i,
          name,
          version: i + 1,
          metadata: { user: `u${name}`, at: new Date(i) },
        });
      }
      const namesOf = async (query: object) =>
        (await storage.fetchExperiments({ ...query }, { name: 1 })).map(({ name }) => name);
      expect(await namesOf({})).toEqual(['a', 'b', 'c']);
      expect(await namesOf({ 'metadata.user': 'ub' })).toEqual(['b']);
      expect(await namesOf({ version: { $gt: 1, $lt: 3 } })).toEqual(['b']);
      expect(await namesOf({ 'metadata.at': { $gte: new Date(1) } })).toEqual(['b', 'c']);
      expect(await namesOf({ $or: [{ name: 'a' }, { _id: 2 }] })).toEqual(['a', 'c']);
      expect(await storage.fetchExperiments({ name: 'a' }, { 'metadata.user': 1, _id: 0 })).toEqual([
        { metadata: { user: 'ua' } },
      ]);
      expect(await storage.fetchExperiments({ name: 'a' }, { metadata: 0 })).toEqual([
        { _id: 0, name: 'a', version: 1 },
      ]);
    });

    it('are updated field by field, by record or by id, where a query allows it', async () => {
      const storage = await connect();
      const one = await storage.createExperiment({ _id: 1, name: 'e', metadata: { user: 'u' } });
      await storage.createExperiment({ _id: 2, name: 'f' });
      expect(await storage.updateExperiment({ uid: 1 }, { max_trials: 5, refers: { root: null } })).toBe(
        true,
      );
      expect(await storage.updateExperiment(one, { 'metadata.user': 'v', 'metadata.new': 1 })).toBe(true);
      expect(await storage.updateExperiment(one, { seen: 1 }, { where: { name: 'nope' } })).toBe(false);
      expect(await storage.updateExperiment(one, { seen: 2 }, { where: { name: 'e' } })).toBe(true);
      expect(await storage.updateExperiment({ uid: 99 }, { seen: 3 })).toBe(false);
      expect(await (await connect()).fetchExperiments({})).toEqual([
        {
          _id: 1,
          name: 'e',
          metadata: { user: 'v', new: 1 },
          max_trials: 5,
          refers: { root: null },
          seen: 2,
        },
        { _id: 2, name: 'f' },
      ]);
    });

    it('take their trials and their lock along when they are deleted, and nothing else', async () => {
      const storage = await connect();
      const [one, two] = [
        await storage.createExperiment({ name: 'e' }),
        await storage.createExperiment({ name: 'f' }),
      ];
      for (const { _id } of [one, two]) await storage.registerTrials([newTrial(_id, 1), newTrial(_id, 2)]);
      expect(await storage.deleteExperiment(one)).toBe(1);
      const other = await connect();
      expect(await other.fetchTrials(one)).toEqual([]);
      expect(await other.getAlgorithmLockInfo(one)).toBeUndefined();
      expect(await other.fetchExperiments({})).toEqual([two]);
      expect(await other.fetchTrials(two)).toHaveLength(2);
      expect(await other.getAlgorithmLockInfo(two)).toBeDefined();
      expect(await other.deleteExperiment(one)).toBe(0);
      await other.createExperiment({ name: 'e' });
    });
  });
}

import { describe, expect, it } from 'vitest';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';
import { newTrial, objective, valuesOf } from './trials.js';

export function describeUpdating(connector: StorageConnector): void {
  describe('updating and deleting trials', () => {
    const connect = eachOnItsOwn(connector);
    const threeTrials = async () => {
      const storage = await connect();
      const { registered } = await storage.registerTrials([
        newTrial(1, 1, { status: 'completed', results: [objective(1)] }),
        newTrial(1, 2, { status: 'reserved' }),
        newTrial(1, 3, { status: 'reserved' }),
        newTrial(2, 1, { status: 'reserved' }),
      ]);
      return { storage, registered };
    };

    it('updates one trial, by record or by ids, where a query allows it', async () => {
      const { storage, registered } = await threeTrials();
      const [one] = registered;
      if (!one) throw new Error('not registered');
      expect(await storage.updateTrial(one, { worker: 'a', heartbeat: new Date(1) })).toBe(1);
      expect(await storage.updateTrial({ uid: one.id, experimentUid: 1 }, { results: [objective(2)] })).toBe(
        1,
      );
      expect(await storage.updateTrial(one, { worker: 'b' }, { where: { status: 'new' } })).toBe(0);
      expect(
        await storage.updateTrial(one, { exp_working_dir: '/w' }, { where: { status: 'completed' } }),
      ).toBe(1);
      expect(
        await storage.updateTrial(one, { parent: null }, { where: { id: 'other' } }),
        'the reference wins',
      ).toBe(1);
      expect(await storage.updateTrial({ uid: 'nope', experimentUid: 1 }, { worker: 'c' })).toBe(0);
      expect(await (await connect()).getTrial(one)).toEqual({
        ...one,
        worker: 'a',
        heartbeat: new Date(1),
        results: [objective(2)],
        exp_working_dir: '/w',
      });
      expect(await storage.getTrial({ id: one.id, experiment: 2 })).toEqual(registered[3]);
    });

    it('updates the trials of one experiment, those that a query finds', async () => {
      const { storage } = await threeTrials();
      expect(
        await storage.updateTrials({ uid: 1 }, { status: 'interrupted' }, { where: { status: 'reserved' } }),
      ).toBe(2);
      expect(
        await storage.updateTrials({ uid: 1 }, { status: 'interrupted' }, { where: { status: 'reserved' } }),
      ).toBe(0);
      expect(await storage.updateTrials({ uid: 1 }, { worker: 'all' }, { where: { experiment: 2 } })).toBe(3);
      expect(await storage.updateTrials({ uid: 99 }, { worker: 'none' })).toBe(0);
      const trials = await storage.fetchTrials({ uid: 1 });
      expect(trials.map(({ status, worker }) => [status, worker])).toEqual([
        ['completed', 'all'],
        ['interrupted', 'all'],
        ['interrupted', 'all'],
      ]);
      const [untouched] = await storage.fetchTrials({ uid: 2 });
      expect(untouched).toMatchObject({ status: 'reserved', worker: null });
    });

    it('deletes the trials of one experiment, those that a query finds', async () => {
      const { storage } = await threeTrials();
      expect(await storage.deleteTrials({ uid: 1 }, { where: { status: 'completed' } })).toBe(1);
      expect(valuesOf(await storage.fetchTrials({ uid: 1 }))).toEqual([2, 3]);
      expect(await storage.deleteTrials({ uid: 1 }, { where: { experiment: 2, status: 'broken' } })).toBe(0);
      expect(await storage.deleteTrials({ uid: 1 })).toBe(2);
      expect(await storage.deleteTrials({ uid: 1 })).toBe(0);
      expect(await (await connect()).fetchTrials({ uid: 2 })).toHaveLength(1);
    });
  });
}

import { describe, expect, it } from 'vitest';
import { DuplicateKeyError } from '../../errors.js';
import { eachOnItsOwn, type StorageConnector, takingTurns } from '../connectors.js';
import { newTrial, objective, valuesOf } from './trials.js';

export function describeRegistering(connector: StorageConnector): void {
  describe('registering trials', () => {
    const connect = eachOnItsOwn(connector);

    it('fills in what is absent; the id is that of Orion', async () => {
      const storage = await connect();
      const registered = await storage.registerTrial(newTrial(1, 0.5));
      expect(registered).toEqual({
        _id: expect.any(String),
        id: '6e15ccc12f754526f73aaf21c4078521',
        experiment: 1,
        status: 'new',
        worker: null,
        submit_time: null,
        start_time: null,
        end_time: null,
        heartbeat: null,
        results: [],
        params: [{ name: '/x', type: 'real', value: 0.5 }],
        parent: null,
        exp_working_dir: null,
      });
      expect(await (await connect()).fetchTrials({ uid: 1 })).toEqual([registered]);
    });

    it('keeps every field of a trial that arrives finished', async () => {
      const storage = await connect();
      const finished = newTrial(1, 0.5, {
        _id: 'mine',
        status: 'completed',
        worker: 'w',
        submit_time: new Date(1),
        start_time: new Date(2),
        end_time: new Date(3),
        heartbeat: new Date(4),
        results: [objective(0.25), { name: 'g', type: 'gradient', value: [0.5, 1] }],
        parent: 'b'.repeat(32),
        exp_working_dir: '/w',
      });
      expect(await storage.registerTrial(finished)).toEqual({
        ...finished,
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
      expect(await storage.countCompletedTrials({ uid: 1 })).toBe(1);
    });

    it('refuses a trial that the experiment has, but another experiment may have it', async () => {
      const storage = await connect();
      const first = await storage.registerTrial(newTrial(1, 0.5));
      await expect(storage.registerTrial(newTrial(1, 0.5, { status: 'broken' }))).rejects.toThrow(
        DuplicateKeyError,
      );
      expect((await storage.registerTrial(newTrial(2, 0.5))).id).toBe(first.id);
      await storage.deleteTrials({ uid: 1 });
      await storage.registerTrial(newTrial(1, 0.5));
    });

    it('takes many at once, and tells the new ones from the duplicates', async () => {
      const storage = await connect();
      await storage.registerTrial(newTrial(1, 2));
      const trials = [
        newTrial(1, 1),
        newTrial(1, 2, { worker: 'again' }),
        newTrial(1, 3),
        newTrial(1, 1, { worker: 'twice' }),
      ];
      const { registered, duplicates } = await storage.registerTrials(trials);
      expect(valuesOf(registered)).toEqual([1, 3]);
      expect(duplicates).toEqual([trials[1], trials[3]]);
      expect(duplicates[0]).toBe(trials[1]);
      expect(new Set(valuesOf(await storage.fetchTrials({ uid: 1 })))).toEqual(new Set([1, 2, 3]));
      expect(await storage.registerTrials([])).toEqual({ registered: [], duplicates: [] });
    });

    it('tells of two with the same `_id` which was the duplicate', async () => {
      const storage = await connect();
      await storage.registerTrial(newTrial(1, 1));
      const trials = [
        newTrial(1, 1, { _id: 'a' }),
        newTrial(1, 2, { _id: 'a' }),
        newTrial(1, 3, { _id: 'a' }),
      ];
      const { registered, duplicates } = await storage.registerTrials(trials);
      expect(valuesOf(registered)).toEqual([2]);
      expect(duplicates.map(({ params }) => params[0]?.value)).toEqual([1, 3]);
    });

    it('stores none of many where one of them cannot be stored', async () => {
      const storage = await connect();
      const bad = { ...newTrial(1, 2), status: 'moo' as 'new' };
      await expect(storage.registerTrials([newTrial(1, 1), bad])).rejects.toMatchObject({
        code: 'invalid-document',
      });
      expect(await storage.fetchTrials({ uid: 1 })).toEqual([]);
    });

    it('lets one of many workers win that register the same trial', async () => {
      const storage = await takingTurns(connect);
      const registrations = Array.from({ length: 10 }, (_, i) => storage(i).registerTrial(newTrial(1, 0.5)));
      const settled = await Promise.allSettled(registrations);
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await storage(0).fetchTrials({ uid: 1 })).toHaveLength(1);
    });
  });
}

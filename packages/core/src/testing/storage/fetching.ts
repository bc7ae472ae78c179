import { describe, expect, it } from 'vitest';
import { type TrialStatus, trialStatuses } from '../../trials/trial.js';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';
import { HandClock, newTrial, objective, reserved, valueOf, valuesOf } from './trials.js';

export function describeFetching(connector: StorageConnector): void {
  describe('fetching trials', () => {
    const connect = eachOnItsOwn(connector);
    const at = (seconds: number) => ({ submit_time: new Date(seconds * 1_000) });

    it('orders by submit_time, then by _id', async () => {
      const storage = await connect();
      for (const [i, seconds] of [5, 3, 5, 1, 3].entries())
        await storage.registerTrial(newTrial(1, i, at(seconds)));
      expect(valuesOf(await storage.fetchTrials({ uid: 1 }))).toEqual([3, 1, 4, 0, 2]);
      expect(valuesOf(await storage.fetchTrials({ _id: 1 }))).toEqual([3, 1, 4, 0, 2]);
      expect(valuesOf(await storage.fetchPendingTrials({ uid: 1 }))).toEqual([3, 1, 4, 0, 2]);
    });

    it('takes a query, a selection, another order, a limit and a start', async () => {
      const storage = await connect();
      for (let i = 0; i < 6; i++)
        await storage.registerTrial(newTrial(1, i, { ...at(i), results: [objective(i % 3)] }));
      await storage.registerTrial(newTrial(2, 9, at(0)));
      const fetch = async (options: object) =>
        valuesOf(await storage.fetchTrials({ uid: 1 }, { ...options }));
      expect(await fetch({ where: { 'params.value': { $gte: 4 } } })).toEqual([4, 5]);
      expect(await fetch({ where: { params: { $elemMatch: { name: '/x', value: { $lt: 2 } } } } })).toEqual([
        0, 1,
      ]);
      expect(await fetch({ where: { 'results.value': { $lt: 1 } } })).toEqual([0, 3]);
      expect(await fetch({ where: { experiment: 2 } }), 'the reference wins over the query').toHaveLength(6);
      expect(await fetch({ sort: { 'results.0.value': -1, submit_time: 1 } })).toEqual([2, 5, 1, 4, 0, 3]);
      expect(await fetch({ sort: { submit_time: -1 }, limit: 2, skip: 1 })).toEqual([4, 3]);
      expect(await fetch({ limit: 2 })).toEqual([0, 1]);
      expect(await fetch({ skip: 4 })).toEqual([4, 5]);
      expect(
        await storage.fetchTrials({ uid: 1 }, { selection: { 'params.value': 1, _id: 0 }, limit: 1 }),
      ).toEqual([{ params: [{ value: 0 }] }]);
      expect(await storage.fetchTrials({ uid: 'nobody' })).toEqual([]);
    });

    it('gets one trial, by record or by ids, or undefined', async () => {
      const storage = await connect();
      const trial = await storage.registerTrial(newTrial(1, 0.5));
      expect(await storage.getTrial(trial)).toEqual(trial);
      expect(await storage.getTrial({ uid: trial.id, experimentUid: 1 })).toEqual(trial);
      expect(await storage.getTrial({ uid: trial.id, experimentUid: 2 })).toBeUndefined();
      expect(await storage.getTrial({ uid: 'nope', experimentUid: 1 })).toBeUndefined();
    });

    it('takes 0 and the empty string for ids like any other', async () => {
      const storage = await connect();
      for (const experiment of [0, '']) {
        await storage.createExperiment({ _id: experiment, name: `e${experiment}` });
        const trial = await storage.registerTrial(newTrial(experiment, 0.5));
        expect(await storage.fetchTrials({ uid: experiment })).toEqual([trial]);
        expect(await storage.getTrial(trial)).toEqual(trial);
        expect(await storage.updateExperiment({ uid: experiment }, { seen: true })).toBe(true);
        expect(await storage.deleteExperiment({ uid: experiment })).toBe(1);
      }
    });

    it('tells trials by their status, and counts them', async () => {
      const storage = await connect();
      for (const [i, status] of trialStatuses.entries()) {
        await storage.registerTrials([newTrial(1, i, { status, ...at(-i) }), newTrial(2, i, { status })]);
      }
      const statusesOf = (trials: { status: TrialStatus }[]) => trials.map(({ status }) => status);
      const one = { uid: 1 };
      for (const status of trialStatuses)
        expect(statusesOf(await storage.fetchTrialsByStatus(one, status))).toEqual([status]);
      expect(statusesOf(await storage.fetchPendingTrials(one))).toEqual(['interrupted', 'suspended', 'new']);
      const noncompleted = ['broken', 'interrupted', 'suspended', 'reserved', 'new'];
      expect(statusesOf(await storage.fetchNoncompletedTrials(one))).toEqual(noncompleted);
      expect(await storage.countCompletedTrials(one)).toBe(1);
      expect(await storage.countBrokenTrials(one)).toBe(1);
      expect(await storage.countCompletedTrials({ uid: 3 })).toBe(0);
    });

    it('finds reserved trials lost when their heartbeat is too old', async () => {
      const clock = new HandClock();
      const storage = await connect({ clock: clock.now, lostAfter: 60_000 });
      const silent = await reserved(storage, 1, 1);
      clock.advance(59);
      const beating = await reserved(storage, 1, 2);
      expect(await storage.fetchLostTrials({ uid: 1 })).toEqual([]);
      clock.advance(2);
      expect(valuesOf(await storage.fetchLostTrials({ uid: 1 }))).toEqual([1]);
      expect(await storage.fetchLostTrials({ uid: 2 })).toEqual([]);
      clock.advance(60);
      await storage.updateHeartbeat(beating);
      expect(valuesOf(await storage.fetchLostTrials({ uid: 1 }))).toEqual([1]);
      await storage.setTrialStatus(silent, 'interrupted');
      expect(await storage.fetchLostTrials({ uid: 1 })).toEqual([]);
      await storage.setTrialStatus(beating, 'completed');
      clock.advance(1_000);
      expect(await storage.fetchLostTrials({ uid: 1 })).toEqual([]);
    });

    it('takes a trial for lost after 120 seconds, unless told otherwise', async () => {
      const clock = new HandClock();
      const storage = await connect({ clock: clock.now });
      const trial = await reserved(storage, 1, 1);
      clock.advance(119);
      expect(await storage.fetchLostTrials({ uid: 1 })).toEqual([]);
      clock.advance(2);
      expect(valueOf((await storage.fetchLostTrials({ uid: 1 }))[0])).toBe(valueOf(trial));
    });
  });
}

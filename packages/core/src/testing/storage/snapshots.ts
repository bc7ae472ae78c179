import { describe, expect, it } from 'vitest';
import type { Trial } from '../../trials/trial.js';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';
import { contentOf, newTrial, objective } from './trials.js';

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;

export function describeSnapshots(connector: StorageConnector): void {
  describe('what is handed out', () => {
    const connect = eachOnItsOwn(connector);

    it('is the caller’s: changing it changes nothing in the store', async () => {
      const storage = await connect();
      const state = { list: [1] };
      const experiment = await storage.createExperiment(
        { _id: 1, name: 'e', metadata: { tags: ['a'] } },
        { algoState: state },
      );
      const benchmark = await storage.createBenchmark({ name: 'b', tasks: [{ n: 1 }] });
      const registered = await storage.registerTrial(newTrial(1, 0.5));
      const handedOut = [
        registered,
        ...(await storage.registerTrials([newTrial(1, 1)])).registered,
        await storage.reserveTrial({ uid: 1 }),
        await storage.pushTrialResults({ ...registered, results: [objective(1)] }),
        await storage.setTrialStatus({ ...registered, status: 'reserved' }, 'completed'),
        await storage.getTrial(registered),
        await storage.retrieveResult(registered),
        ...(await storage.fetchTrials({ uid: 1 })),
        ...(await storage.fetchPendingTrials({ uid: 1 })),
      ] as Writable<Trial>[];
      const before = await contentOf(storage, [1]);
      for (const trial of handedOut) {
        trial.status = 'broken';
        for (const param of trial.params) param.value = 666;
        trial.results.push(objective(666));
        for (const field of ['heartbeat', 'start_time', 'end_time'] as const)
          (trial[field] as Date | null)?.setTime(0);
      }
      (experiment.metadata as { tags: string[] }).tags.push('b');
      (benchmark['tasks'] as { n: number }[]).pop();
      const info = await storage.getAlgorithmLockInfo({ uid: 1 });
      (info as { state: typeof state }).state.list.push(2);
      expect(await contentOf(storage, [1])).toEqual(before);
      expect(await contentOf(await connect(), [1])).toEqual(before);
    });

    it('is never changed by a later write', async () => {
      const storage = await connect();
      const experiment = await storage.createExperiment({ _id: 1, name: 'e', metadata: { user: 'u' } });
      const trial = await storage.registerTrial(newTrial(1, 0.5));
      const [fetched] = await storage.fetchTrials({ uid: 1 });
      const info = await storage.getAlgorithmLockInfo({ uid: 1 });
      await storage.updateExperiment({ uid: 1 }, { 'metadata.user': 'v' });
      await storage.updateTrials({ uid: 1 }, { params: newTrial(1, 1).params, worker: 'w' });
      await storage.acquireAlgorithmLock({ uid: 1 }, (locked) => locked.setState(1));
      expect(experiment.metadata).toEqual({ user: 'u' });
      expect(fetched).toEqual(trial);
      expect(trial).toMatchObject({ worker: null, params: [{ value: 0.5 }] });
      expect(info).toMatchObject({ state: null, locked: false });
    });

    it('and what is handed in share nothing: changing an argument afterwards changes nothing in the store', async () => {
      const storage = await connect();
      const metadata = { tags: ['a'] };
      const trial = { ...newTrial(1, 0.5), results: [objective(1)] };
      const refers = { list: [1] };
      await storage.createExperiment({ _id: 1, name: 'e', metadata });
      await storage.registerTrial(trial);
      await storage.updateExperiment({ uid: 1 }, { refers });
      metadata.tags.push('b');
      trial.results.push(objective(2));
      refers.list.push(2);
      expect(await storage.fetchExperiments({})).toEqual([
        { _id: 1, name: 'e', metadata: { tags: ['a'] }, refers: { list: [1] } },
      ]);
      expect((await storage.fetchTrials({ uid: 1 }))[0]?.results).toEqual([objective(1)]);
    });

    it('and the time that the clock tells share nothing', async () => {
      const time = new Date(Date.UTC(2024, 0, 1));
      const storage = await connect({ clock: () => time });
      await storage.createExperiment({ _id: 1, name: 'e' });
      await storage.registerTrial(newTrial(1, 1));
      await storage.reserveTrial({ uid: 1 });
      const before = await contentOf(storage, [1]);
      time.setTime(0);
      expect(await contentOf(storage, [1])).toEqual(before);
    });

    it('and the times handed in share nothing', async () => {
      const storage = await connect();
      const time = new Date(Date.UTC(2024, 0, 1));
      await storage.createExperiment({ _id: 1, name: 'e' }, { algoHeartbeat: time });
      await storage.registerTrials([newTrial(1, 1), newTrial(1, 2)]);
      const [pushed, released] = [
        await storage.reserveTrial({ uid: 1 }),
        await storage.reserveTrial({ uid: 1 }),
      ];
      if (!pushed || !released) throw new Error('not reserved');
      await storage.pushTrialResults({
        ...pushed,
        start_time: null,
        end_time: time,
        results: [objective(1)],
      });
      await storage.setTrialStatus(released, 'interrupted', { heartbeat: time });
      const before = await contentOf(storage, [1]);
      time.setTime(0);
      expect(await contentOf(storage, [1])).toEqual(before);
    });
  });
}

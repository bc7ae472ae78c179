import { describe, expect, it } from 'vitest';
import { DuplicateKeyError, FailedUpdateError } from '../../errors.js';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';
import { contentOf, HandClock, newTrial, objective, reserved, valuesOf } from './trials.js';

/** The ten points in which the protocol is not Orion's, on purpose: a test for each, in the order of the design. */
export function describeDepartures(connector: StorageConnector): void {
  describe('where this parts from Orion', () => {
    const connect = eachOnItsOwn(connector);

    it('1. updates obey unique keys, and every write happens whole or not at all', async () => {
      const storage = await connect();
      await storage.createExperiment({ _id: 1, name: 'a', version: 1 });
      await storage.createExperiment({ _id: 2, name: 'b', version: 1 });
      const { registered } = await storage.registerTrials([newTrial(1, 1), newTrial(1, 2)]);
      const before = await contentOf(storage, [1, 2]);
      await expect(storage.updateExperiment({ uid: 2 }, { seen: true, name: 'a' })).rejects.toThrow(
        DuplicateKeyError,
      );
      await expect(storage.updateTrials({ uid: 1 }, { id: registered[0]?.id, worker: 'w' })).rejects.toThrow(
        DuplicateKeyError,
      );
      expect(await contentOf(await connect(), [1, 2])).toEqual(before);
      expect(await storage.updateExperiment({ uid: 2 }, { name: 'c' })).toBe(true);
      await storage.createExperiment({ name: 'b', version: 1 });
    });

    it('2. reservations and locks have owners; a dead holder’s lock frees itself', async () => {
      const storage = await connect({ lease: 100 });
      await storage.createExperiment({ _id: 1, name: 'e' }, { algoLocked: true, algoState: 1 });
      expect(await storage.acquireAlgorithmLock({ uid: 1 }, { timeout: 5_000 }, ({ state }) => state)).toBe(
        1,
      );
      const late = storage.acquireAlgorithmLock({ uid: 1 }, async (locked) => {
        await storage.releaseAlgorithmLock({ uid: 1 });
        locked.setState('late');
      });
      await expect(late).rejects.toThrow(FailedUpdateError);
      expect((await storage.getAlgorithmLockInfo({ uid: 1 }))?.state).toBe(1);
      const lost = await reserved(storage, 1, 0.5);
      await storage.setTrialStatus(lost, 'interrupted');
      const holder = await storage.reserveTrial({ uid: 1 });
      await expect(storage.pushTrialResults({ ...lost, results: [objective(1)] })).rejects.toThrow(
        FailedUpdateError,
      );
      expect(await storage.getTrial(lost)).toEqual(holder);
    });

    it('3. pushing results never writes the local status, heartbeat or params back', async () => {
      const clock = new HandClock();
      const storage = await connect({ clock: clock.now });
      const trial = await reserved(storage, 1, 0.5);
      const beaten = clock.advance(500);
      await storage.updateHeartbeat(trial);
      const local = { ...trial, status: 'new', params: [], results: [objective(1)] } as const;
      await storage.pushTrialResults(local);
      const expected = { ...trial, heartbeat: beaten, end_time: beaten, results: [objective(1)] };
      expect(await storage.getTrial(trial)).toEqual(expected);
    });

    it('4. an experiment has one algorithm lock, and deleting it leaves no orphans; ids are never used twice', async () => {
      const storage = await connect();
      await storage.createExperiment({ _id: 1, name: 'e' });
      await expect(storage.initializeAlgorithmLock(1, {})).rejects.toThrow(DuplicateKeyError);
      const first = await storage.registerTrial(newTrial(1, 0.5));
      await storage.deleteTrials({ uid: 1 });
      const second = await storage.registerTrial(newTrial(1, 0.5));
      expect(second.id).toBe(first.id);
      expect(second._id).not.toBe(first._id);
      await storage.deleteExperiment({ uid: 1 });
      expect(await contentOf(storage, [1])).toEqual([[], [], [[]], [undefined]]);
    });

    it('5. statuses, types and values are checked on every write; a trial takes no unknown field, an experiment any', async () => {
      const storage = await connect();
      await storage.createExperiment({ _id: 1, name: 'e', mine: 1 });
      await storage.updateExperiment({ uid: 1 }, { 'yours.too': 2 });
      expect(await storage.fetchExperiments({})).toEqual([{ _id: 1, name: 'e', mine: 1, yours: { too: 2 } }]);
      const trial = await storage.registerTrial(newTrial(1, 0.5));
      const bad = [
        { status: 'moo' },
        { params: [{ name: '/x', type: 'moo', value: 1 }] },
        { results: [{ name: 'loss', type: 'moo', value: 1 }] },
        { results: [{ name: 'loss', type: 'objective', value: 'low' }] },
        { colour: 'red' },
      ];
      for (const changes of bad) {
        const code = expect.stringMatching(/^invalid-(document|result)$/);
        await expect(storage.updateTrial(trial, changes), JSON.stringify(changes)).rejects.toMatchObject({
          code,
        });
        await expect(storage.registerTrial({ ...newTrial(1, 2), ...changes } as never)).rejects.toMatchObject(
          { code },
        );
      }
      expect(await storage.fetchTrials({ uid: 1 })).toEqual([trial]);
    });

    it('6. an objective is a number and not NaN; the infinities are legal', async () => {
      const storage = await connect();
      const trial = await reserved(storage, 1, 0.5);
      for (const value of [Number.NaN, '1', null, true]) {
        const pushed = storage.pushTrialResults({ ...trial, results: [objective(value)] });
        await expect(pushed).rejects.toMatchObject({ code: 'invalid-result' });
      }
      expect(await storage.getTrial(trial)).toEqual(trial);
      await storage.pushTrialResults({ ...trial, results: [objective(Number.NEGATIVE_INFINITY)] });
      expect((await storage.getTrial(trial))?.results).toEqual([objective(Number.NEGATIVE_INFINITY)]);
    });

    it('7. null is no status, arguments are never changed, and a dotted key sets the nested field that exists', async () => {
      const storage = await connect();
      const trial = Object.freeze(await storage.registerTrial(newTrial(1, 0.5)));
      const toNull = storage.setTrialStatus(trial, null as never);
      await expect(toNull).rejects.toMatchObject({ code: 'invalid-document' });
      const where = Object.freeze({ status: 'new' });
      await storage.updateTrials({ uid: 1 }, Object.freeze({ worker: 'w' }), Object.freeze({ where }));
      await storage.setTrialStatus(trial, 'suspended');
      expect(trial.status).toBe('new');
      const config = Object.freeze({ name: 'e', metadata: Object.freeze({ user: 'u', keep: 1 }) });
      const { _id } = await storage.createExperiment(config);
      expect(config).not.toHaveProperty('_id');
      await storage.updateExperiment({ uid: _id }, Object.freeze({ 'metadata.user': 'v' }));
      expect((await storage.fetchExperiments({}))[0]?.metadata).toEqual({ user: 'v', keep: 1 });
    });

    it('8. the algorithm state may be anything, null too; what was changed in place is undone by any throw', async () => {
      const storage = await connect();
      await storage.createExperiment({ _id: 1, name: 'e' }, { algoState: { n: 0 } });
      for (const thrown of [new Error('boom'), 'boom', undefined]) {
        const failing = storage.acquireAlgorithmLock({ uid: 1 }, ({ state }) => {
          (state as { n: number }).n = 99;
          throw thrown;
        });
        await expect(
          failing.then(
            () => 'returned',
            (reason: unknown) => ({ reason }),
          ),
        ).resolves.toEqual({ reason: thrown });
      }
      expect((await storage.getAlgorithmLockInfo({ uid: 1 }))?.state).toEqual({ n: 0 });
      await storage.acquireAlgorithmLock({ uid: 1 }, (locked) => locked.setState(null));
      expect((await storage.getAlgorithmLockInfo({ uid: 1 }))?.state).toBeNull();
    });

    it('9. a missing submit_time sorts first, and nothing raises on it', async () => {
      const storage = await connect();
      const times = [new Date(5), null, new Date(-5), undefined];
      for (const [i, submit_time] of times.entries()) {
        await storage.registerTrial(newTrial(1, i, submit_time === undefined ? {} : { submit_time }));
      }
      expect(valuesOf(await storage.fetchTrials({ uid: 1 }))).toEqual([1, 3, 2, 0]);
      expect(valuesOf(await storage.fetchTrialsByStatus({ uid: 1 }, 'new'))).toEqual([1, 3, 2, 0]);
    });

    it('10. a selected field that is absent stays absent', async () => {
      const storage = await connect();
      await storage.createExperiment({ _id: 1, name: 'e' });
      const [found] = await storage.fetchExperiments({}, { name: 1, version: 1, 'metadata.user': 1 });
      expect(Object.keys(found ?? {}).toSorted()).toEqual(['_id', 'name']);
    });
  });
}

import { describe, expect, it } from 'vitest';
import { DuplicateKeyError, FailedUpdateError } from '../../errors.js';
import type { StorageProtocol } from '../../storage-protocol.js';
import type { Trial } from '../../trials/trial.js';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';
import { TrialReader } from './trial-reader.js';
import { newTrial, objective, valueOf } from './trials.js';

const ref = { uid: 1 };

export function describeWatchingTrials(connector: StorageConnector): void {
  describe('watching trials', () => {
    const connect = eachOnItsOwn(connector);
    const writers = [
      ['the storage itself does', async (storage: StorageProtocol) => storage],
      ['another connection does', () => connect()],
    ] as const;

    it('begins with all there are, by submit_time, each of them added', async () => {
      const storage = await connect();
      for (const [i, time] of [3, 1, 2].entries())
        await storage.registerTrial(newTrial(1, i, { submit_time: new Date(time) }));
      await storage.registerTrial(newTrial(2, 0));
      const all = await storage.fetchTrials(ref);
      expect(all.map(valueOf)).toEqual([1, 2, 0]);
      expect(await new TrialReader(storage, ref).next()).toEqual(
        all.map((trial) => ({ kind: 'added', trial })),
      );
    });

    it('begins with an empty batch where there are none', async () => {
      expect(await new TrialReader(await connect(), ref).next()).toEqual([]);
    });

    describe.each(writers)('shows what %s:', (_who, writerBeside) => {
      it('registering, reserving, beating the heart, completing, updating and deleting', async () => {
        const storage = await connect();
        const writer = await writerBeside(storage);
        const reader = new TrialReader(storage, ref);
        await reader.next();
        const trial = await writer.registerTrial(newTrial(1, 0.5));
        expect(await reader.next()).toEqual([{ kind: 'added', trial }]);
        const held = (await writer.reserveTrial(ref)) as Trial;
        expect(await reader.next()).toEqual([{ kind: 'changed', trial: held }]);
        await writer.updateHeartbeat(held);
        expect(await reader.next()).toMatchObject([{ kind: 'changed', trial: { _id: held._id } }]);
        const results = [objective(1)];
        const completed = await writer.pushTrialResults({ ...held, results }, { status: 'completed' });
        expect(await reader.next()).toEqual([{ kind: 'changed', trial: completed }]);
        await writer.updateTrials(ref, { worker: 'w' });
        expect(await reader.next()).toEqual([{ kind: 'changed', trial: { ...completed, worker: 'w' } }]);
        await writer.deleteTrials(ref);
        expect(await reader.next()).toEqual([{ kind: 'removed', _id: trial._id }]);
      });

      it('what many calls do together, and the end of the experiment', async () => {
        const storage = await connect();
        const writer = await writerBeside(storage);
        await writer.createExperiment({ _id: 1, name: 'e' });
        const reader = new TrialReader(storage, ref);
        await reader.next();
        await writer.registerTrials(Array.from({ length: 20 }, (_, i) => newTrial(1, i)));
        await reader.until((shown) => shown.size === 20);
        await Promise.all(
          Array.from({ length: 20 }, (_, i) => writer.reserveTrial(ref, { worker: `w${i}` })),
        );
        await reader.until((shown) => [...shown.values()].every(({ status }) => status === 'reserved'));
        expect([...reader.shown.values()]).toEqual(await storage.fetchTrials(ref));
        await writer.deleteExperiment(ref);
        await reader.until((shown) => shown.size === 0);
      });

      it('which trials come to meet the query, and which no longer do', async () => {
        const storage = await connect();
        const writer = await writerBeside(storage);
        const reader = new TrialReader(storage, ref, { where: { status: 'reserved' } });
        const [waiting] = (await writer.registerTrials([newTrial(1, 0), newTrial(1, 1)])).registered;
        expect(await reader.next()).toEqual([]);
        const trial = (await writer.reserveTrial(ref)) as Trial;
        expect(trial._id).toBe(waiting?._id);
        expect(await reader.next()).toEqual([{ kind: 'added', trial }]);
        await writer.updateTrial(trial, { worker: 'w' });
        expect(await reader.next()).toEqual([{ kind: 'changed', trial: { ...trial, worker: 'w' } }]);
        await writer.setTrialStatus(trial, 'suspended');
        expect(await reader.next()).toEqual([{ kind: 'removed', _id: trial._id }]);
        const again = (await writer.reserveTrial(ref)) as Trial;
        expect(await reader.next()).toEqual([{ kind: 'added', trial: again }]);
      });

      it('but nothing of other experiments, of what is no trial, and of a write that fails', async () => {
        const storage = await connect();
        const writer = await writerBeside(storage);
        const trial = await writer.registerTrial(newTrial(1, 0.5, { worker: 'w' }));
        const reader = new TrialReader(storage, ref, { where: { worker: null } });
        await reader.next();
        await writer.createExperiment({ _id: 1, name: 'e' });
        await writer.acquireAlgorithmLock(ref, (locked) => locked.setState(1));
        await writer.registerTrial(newTrial(2, 0.5));
        await writer.registerTrial(newTrial(1, 1, { worker: 'w' }));
        await expect(writer.registerTrial(newTrial(1, 0.5))).rejects.toThrow(DuplicateKeyError);
        await expect(writer.pushTrialResults(trial)).rejects.toThrow(FailedUpdateError);
        const last = await writer.registerTrial(newTrial(1, 2));
        expect(await reader.next()).toEqual([{ kind: 'added', trial: last }]);
      });

      it('to a reader that takes its time, all at once, each trial as it stands then', async () => {
        const storage = await connect();
        const writer = await writerBeside(storage);
        const [first, second] = (await writer.registerTrials([newTrial(1, 1), newTrial(1, 2)])).registered;
        const reader = new TrialReader(storage, ref);
        const witness = new TrialReader(storage, ref);
        await Promise.all([reader.next(), witness.next()]);
        for (let i = 0; i <= 10; i++) await writer.updateTrial(first as Trial, { worker: `w${i}` });
        await writer.registerTrial(newTrial(1, 3));
        await writer.deleteTrials(ref, { where: { worker: null } });
        const added = await writer.registerTrial(newTrial(1, 4));
        await writer.updateTrial(added, { worker: 'last' });
        await witness.until((shown) => shown.get(added._id)?.worker === 'last');
        expect(await reader.next()).toEqual([
          { kind: 'changed', trial: { ...first, worker: 'w10' } },
          { kind: 'added', trial: { ...added, worker: 'last' } },
          { kind: 'removed', _id: second?._id },
        ]);
      });
    });

    it('shows all that both sides do, while it begins too: nothing is missed, and nothing added twice', async () => {
      const both = [await connect(), await connect()] as const;
      const work = async (storage: StorageProtocol, from: number): Promise<void> => {
        for (let i = from; i < from + 40; i++) {
          await storage.registerTrial(newTrial(1, i));
          const held = await storage.reserveTrial(ref);
          if (i % 3 === 0 && held) await storage.setTrialStatus(held, 'broken');
          if (i % 4 === 0 && held) await storage.deleteTrials(ref, { where: { _id: held._id } });
        }
      };
      const readers = [...both, ...both].map((storage) => new TrialReader(storage, ref));
      const read = (reader: TrialReader): Promise<void> => reader.until((shown) => shown.has('last'));
      const early = readers.slice(2).map(read);
      const done = Promise.all([work(both[0], 0), work(both[1], 100)]);
      await both[0].fetchTrials(ref);
      const late = readers.slice(0, 2).map(read);
      await done;
      await both[1].registerTrial(newTrial(1, 1000, { _id: 'last' }));
      await Promise.all([...early, ...late]);
      const all = new Map((await both[0].fetchTrials(ref)).map((trial) => [trial._id, trial]));
      for (const { shown } of readers) expect(shown).toEqual(all);
    });

    it('hands out what is the reader’s: changing it changes nothing in the store', async () => {
      const storage = await connect();
      const trial = await storage.registerTrial(newTrial(1, 0.5, { results: [objective(1)] }));
      const reader = new TrialReader(storage, ref);
      await reader.next();
      for (const { results } of reader.shown.values()) (results as unknown[]).pop();
      expect(await storage.getTrial(trial)).toEqual(trial);
    });
  });
}

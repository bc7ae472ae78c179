import { describe, expect, it } from 'vitest';
import { FailedUpdateError } from '../../errors.js';
import type { StorageProtocol } from '../../storage-protocol.js';
import type { Trial } from '../../trials/trial.js';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';
import { newTrial, objective, reserved } from './trials.js';

export function describeOwnership(connector: StorageConnector): void {
  describe('who holds a trial', () => {
    const connect = eachOnItsOwn(connector);

    /** One worker is taken for lost, and another one has its trial now. */
    const lostAndFound = async () => {
      const storage = await connect();
      const lost = await reserved(storage, 1, 0.5);
      const other = await connect();
      await other.setTrialStatus({ id: lost.id, experiment: 1, status: 'reserved' }, 'interrupted');
      const holder = await other.reserveTrial({ uid: 1 });
      if (!holder) throw new Error('not reserved again');
      return { storage, lost, holder };
    };

    it('is decided by the reservation: the lost worker can do nothing any more', async () => {
      const { storage, lost, holder } = await lostAndFound();
      await expectNoHolder(storage, lost);
      expect(await storage.getTrial(lost)).toEqual(holder);
    });

    it('is decided by the reservation: the one who has it now can go on', async () => {
      const { storage, holder } = await lostAndFound();
      expect(await storage.updateHeartbeat(holder)).toBe(true);
      await storage.pushTrialResults({ ...holder, results: [objective(1)] });
      const completed = await storage.setTrialStatus(holder, 'completed');
      expect(completed).toMatchObject({
        status: 'completed',
        results: [objective(1)],
        reservation: holder.reservation,
      });
    });

    it('is not asked of a record without a reservation, as in Orion', async () => {
      const { storage, lost } = await lostAndFound();
      const { reservation: _, ...anonymous } = lost;
      expect(await storage.updateHeartbeat(anonymous)).toBe(true);
      await storage.pushTrialResults({ ...anonymous, results: [objective(1)] });
      expect((await storage.setTrialStatus(anonymous, 'completed')).status).toBe('completed');
    });

    it('changes with a page that reloads: the tab from before can do nothing any more', async () => {
      const storage = await connect();
      await storage.registerTrial(newTrial(1, 0.5));
      const before = await storage.reserveTrial({ uid: 1 }, { worker: 'tab' });
      const after = await storage.reserveTrial({ uid: 1 }, { worker: 'tab' });
      if (!before || !after) throw new Error('not reserved');
      await expectNoHolder(storage, before);
      expect(await storage.updateHeartbeat(after)).toBe(true);
    });

    it('changes with everything that makes the trial reserved anew', async () => {
      const { storage, holder } = await lostAndFound();
      await storage.setTrialStatus(holder, 'suspended');
      const again = await storage.setTrialStatus({ ...holder, status: 'suspended' }, 'reserved');
      expect(again.reservation).not.toBe(holder.reservation);
      await expectNoHolder(storage, holder);
    });

    it.each([
      ['setTrialStatus', (storage, trial) => storage.setTrialStatus(trial, 'reserved')],
      ['updateTrial', (storage, trial) => storage.updateTrial(trial, { status: 'reserved' })],
      ['updateTrials', (storage) => storage.updateTrials({ uid: 1 }, { status: 'reserved' })],
    ] satisfies [string, (storage: StorageProtocol, trial: Trial) => Promise<unknown>][])(
      'is nobody by name where %s makes the trial reserved: its former worker does not get it again',
      async (_, reserve) => {
        const storage = await connect();
        await storage.registerTrial(newTrial(1, 0.5));
        const former = await storage.reserveTrial({ uid: 1 }, { worker: 'tab' });
        if (!former) throw new Error('not reserved');
        await reserve(storage, former);
        expect(await storage.reserveTrial({ uid: 1 }, { worker: 'tab' })).toBeUndefined();
        await expectNoHolder(storage, former);
        expect(await storage.getTrial(former)).toMatchObject({ status: 'reserved', worker: null });
      },
    );

    it('is whom an update names that makes the trial reserved', async () => {
      const storage = await connect();
      const trial = await storage.registerTrial(newTrial(1, 0.5));
      await storage.updateTrial(trial, { worker: 'tab', status: 'reserved' });
      expect(await storage.reserveTrial({ uid: 1 }, { worker: 'tab' })).toMatchObject({
        id: trial.id,
        worker: 'tab',
      });
    });

    it('is not asked when the status is set from another one than reserved', async () => {
      const { storage, lost, holder } = await lostAndFound();
      await storage.setTrialStatus(holder, 'suspended');
      const ended = await storage.setTrialStatus(lost, 'broken', { was: 'suspended' });
      expect(ended.status).toBe('broken');
    });
  });
}

async function expectNoHolder(storage: StorageProtocol, trial: Trial): Promise<void> {
  const before = await storage.getTrial(trial);
  const pushed = { ...trial, results: [objective(666)] };
  await expect(storage.pushTrialResults(pushed)).rejects.toThrow(FailedUpdateError);
  await expect(storage.pushTrialResults(pushed, { status: 'completed' })).rejects.toThrow(FailedUpdateError);
  await expect(storage.setTrialStatus({ ...trial, status: 'reserved' }, 'completed')).rejects.toThrow(
    FailedUpdateError,
  );
  await expect(storage.setTrialStatus(trial, 'broken', { was: 'reserved' })).rejects.toThrow(
    FailedUpdateError,
  );
  expect(await storage.updateHeartbeat(trial)).toBe(false);
  expect(await storage.getTrial(trial)).toEqual(before);
}

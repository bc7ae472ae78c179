import { describe, expect, it } from 'vitest';
import { FailedUpdateError } from '../../errors.js';
import { trialStatuses } from '../../trials/trial.js';
import { eachOnItsOwn, type StorageConnector, takingTurns } from '../connectors.js';
import { HandClock, newTrial } from './trials.js';

export function describeStatuses(connector: StorageConnector): void {
  describe('setting a status', () => {
    const connect = eachOnItsOwn(connector);

    it.each(trialStatuses)('goes from %s to every status, and beats the heart', async (from) => {
      const clock = new HandClock();
      const storage = await connect({ clock: clock.now });
      for (const [i, to] of trialStatuses.entries()) {
        const trial = await storage.registerTrial(newTrial(1, i, { status: from }));
        const now = clock.advance(1);
        const changed = await storage.setTrialStatus(trial, to);
        expect(changed).toMatchObject({ ...trial, status: to, heartbeat: now });
        expect(await storage.getTrial(trial)).toEqual(changed);
      }
    });

    it('takes the time of the heartbeat', async () => {
      const storage = await connect();
      const trial = await storage.registerTrial(newTrial(1, 0.5));
      const changed = await storage.setTrialStatus(trial, 'suspended', { heartbeat: new Date(5) });
      expect(changed.heartbeat).toEqual(new Date(5));
    });

    it('is a compare-and-set: it fails where the stored status is another, and changes nothing', async () => {
      const storage = await connect();
      const trial = await storage.registerTrial(newTrial(1, 0.5));
      const suspended = await storage.setTrialStatus(trial, 'suspended');
      await expect(storage.setTrialStatus(trial, 'completed')).rejects.toThrow(FailedUpdateError);
      await expect(storage.setTrialStatus(suspended, 'completed', { was: 'new' })).rejects.toThrow(
        FailedUpdateError,
      );
      expect(await storage.getTrial(trial)).toEqual(suspended);
      expect((await storage.setTrialStatus(trial, 'completed', { was: 'suspended' })).status).toBe(
        'completed',
      );
      const unknown = { id: 'unknown', experiment: 1, status: 'new' } as const;
      await expect(storage.setTrialStatus(unknown, 'completed')).rejects.toThrow(FailedUpdateError);
    });

    it('lets one of many win that set it at the same time', async () => {
      const storage = await takingTurns(connect);
      const trial = await storage(0).registerTrial(newTrial(1, 0.5));
      const calls = Array.from({ length: 10 }, (_, i) => storage(i).setTrialStatus(trial, 'suspended'));
      const settled = await Promise.allSettled(calls);
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });
  });
}

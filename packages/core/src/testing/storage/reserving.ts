import { describe, expect, it } from 'vitest';
import { type TrialStatus, trialStatuses } from '../../trials/trial.js';
import { eachOnItsOwn, type StorageConnector, takingTurns } from '../connectors.js';
import { HandClock, newTrial, objective, reserved, valueOf } from './trials.js';

export function describeReserving(connector: StorageConnector): void {
  describe('reserving trials', () => {
    const connect = eachOnItsOwn(connector);

    it('takes the oldest pending one, whatever its submit_time, and nothing else', async () => {
      const storage = await connect();
      const statuses: TrialStatus[] = [...trialStatuses, 'new'];
      for (const [i, status] of statuses.entries()) {
        await storage.registerTrial(newTrial(1, i, { status, submit_time: new Date(-i) }));
      }
      await storage.registerTrial(newTrial(2, 0));
      const taken = [];
      for (let i = 0; i < 5; i++) taken.push(valueOf(await storage.reserveTrial({ uid: 1 })));
      const pending = [0, 2, 4, 6];
      expect(pending.map((i) => statuses[i])).toEqual(['new', 'suspended', 'interrupted', 'new']);
      expect(taken).toEqual([...pending, undefined]);
      expect(await storage.reserveTrial({ uid: 3 })).toBeUndefined();
    });

    it('sets status, start_time, heartbeat and a fresh reservation, and keeps the rest', async () => {
      const clock = new HandClock();
      const storage = await connect({ clock: clock.now });
      const submitted = clock.advance(-5);
      const trial = await storage.registerTrial(
        newTrial(1, 0.5, { submit_time: submitted, results: [objective(1)] }),
      );
      const now = clock.advance(10);
      const first = await storage.reserveTrial({ uid: 1 });
      expect(first).toEqual({
        ...trial,
        status: 'reserved',
        start_time: now,
        heartbeat: now,
        reservation: expect.any(String),
      });
      expect(await (await connect()).getTrial(trial)).toEqual(first);
      await storage.setTrialStatus({ ...trial, status: 'reserved' }, 'suspended');
      const later = clock.advance(10);
      const second = await storage.reserveTrial({ uid: 1 });
      expect(second).toEqual({
        ...first,
        start_time: later,
        heartbeat: later,
        reservation: expect.any(String),
      });
      expect(second?.reservation).not.toBe(first?.reservation);
    });

    it('never gives one trial to two workers', async () => {
      const storage = await takingTurns(connect);
      await storage(0).registerTrials(Array.from({ length: 20 }, (_, i) => newTrial(1, i)));
      const calls = Array.from({ length: 30 }, (_, i) =>
        storage(i).reserveTrial({ uid: 1 }, { worker: `w${i}` }),
      );
      const taken = (await Promise.all(calls)).filter((trial) => trial !== undefined);
      expect(new Set(taken.map(valueOf)).size).toBe(20);
      expect(taken).toHaveLength(20);
      expect(new Set(taken.map(({ reservation }) => reservation)).size).toBe(20);
    });

    it('gives a named worker the trial back that it holds, with a fresh reservation', async () => {
      const clock = new HandClock();
      const storage = await connect({ clock: clock.now });
      await storage.registerTrials([newTrial(1, 1), newTrial(1, 2), newTrial(1, 3), newTrial(2, 4)]);
      const first = await storage.reserveTrial({ uid: 1 }, { worker: 'tab' });
      expect(first).toMatchObject({ worker: 'tab', status: 'reserved' });
      const reloaded = clock.advance(5);
      const again = await (await connect({ clock: clock.now })).reserveTrial({ uid: 1 }, { worker: 'tab' });
      expect(again).toEqual({ ...first, heartbeat: reloaded, reservation: expect.any(String) });
      expect(again?.reservation).not.toBe(first?.reservation);
      expect(valueOf(await storage.reserveTrial({ uid: 1 }, { worker: 'other' }))).toBe(2);
      expect(valueOf(await storage.reserveTrial({ uid: 2 }, { worker: 'tab' }))).toBe(4);
      if (again) await storage.setTrialStatus(again, 'completed');
      expect(valueOf(await storage.reserveTrial({ uid: 1 }, { worker: 'tab' }))).toBe(3);
    });

    it('gives nobody a trial back that an unnamed worker holds now', async () => {
      const storage = await connect();
      await storage.registerTrials([newTrial(1, 1), newTrial(1, 2)]);
      const lost = await storage.reserveTrial({ uid: 1 }, { worker: 'tab' });
      if (lost) await storage.setTrialStatus(lost, 'interrupted');
      expect(valueOf(await storage.reserveTrial({ uid: 1 }))).toBe(1);
      expect(valueOf(await storage.reserveTrial({ uid: 1 }, { worker: 'tab' }))).toBe(2);
    });

    it('beats the heart of a trial that is reserved, and of no other', async () => {
      const clock = new HandClock();
      const storage = await connect({ clock: clock.now });
      const trial = await reserved(storage, 1, 0.5);
      const now = clock.advance(10);
      expect(await storage.updateHeartbeat(trial)).toBe(true);
      expect(await storage.getTrial(trial)).toEqual({ ...trial, heartbeat: now });
      for (const [i, status] of trialStatuses.entries()) {
        const other = await storage.registerTrial(newTrial(2, i, { status }));
        expect(await storage.updateHeartbeat(other), status).toBe(status === 'reserved');
      }
      expect(await storage.updateHeartbeat({ id: 'unknown', experiment: 1 })).toBe(false);
    });
  });
}

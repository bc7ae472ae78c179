import { describe, expect, it } from 'vitest';
import { FailedUpdateError, InvalidDocumentError, InvalidResultError } from '../../errors.js';
import { trialStatuses } from '../../trials/trial.js';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';
import { HandClock, newTrial, objective, reserved } from './trials.js';

const invalidObjectives: readonly (readonly [what: string, value: unknown])[] = [
  ['NaN', Number.NaN],
  ['null', null],
  ['a string', '1'],
  ['a boolean', true],
  ['an array', [1]],
  ['an object', { value: 1 }],
  ['undefined', undefined],
];

export function describeResults(connector: StorageConnector): void {
  describe('pushing results', () => {
    const connect = eachOnItsOwn(connector);
    const clock = new HandClock();

    it('stores the results and the time, and nothing else of the local copy', async () => {
      const storage = await connect({ clock: clock.now });
      const trial = await reserved(storage, 1, 0.5);
      const beaten = clock.advance(10);
      await storage.updateHeartbeat(trial);
      const ended = clock.advance(10);
      const results = [
        objective(0.25),
        { name: 'g', type: 'gradient', value: [0.5, -0] },
        { name: 'n', type: 'statistic', value: 3 },
      ] as const;
      const local = {
        ...trial,
        results,
        status: 'new',
        worker: 'me',
        params: [],
        parent: 'x',
        heartbeat: new Date(0),
      } as const;
      const pushed = await storage.pushTrialResults(local);
      expect(pushed).toEqual({ ...trial, results, end_time: ended, heartbeat: beaten });
      expect(await (await connect()).getTrial(trial)).toEqual(pushed);
      expect(await storage.retrieveResult(local)).toEqual(pushed);
    });

    it('completes the trial in the same step where asked to', async () => {
      const storage = await connect({ clock: clock.now });
      const trial = await reserved(storage, 1, 0.5);
      const pushed = await storage.pushTrialResults(
        { ...trial, results: [objective(1)] },
        { status: 'completed' },
      );
      expect(pushed).toEqual({
        ...trial,
        status: 'completed',
        results: [objective(1)],
        end_time: clock.now(),
      });
      expect(await storage.countCompletedTrials({ uid: 1 })).toBe(1);
    });

    it('keeps the end that the worker tells, but not that of an earlier evaluation', async () => {
      const storage = await connect({ clock: clock.now });
      const trial = await reserved(storage, 1, 0.5);
      const results = [objective(1)];
      const told = new Date(clock.now().getTime() + 5);
      expect((await storage.pushTrialResults({ ...trial, results, end_time: told })).end_time).toEqual(told);
      const earlier = new Date(clock.now().getTime() - 5);
      expect((await storage.pushTrialResults({ ...trial, results, end_time: earlier })).end_time).toEqual(
        clock.now(),
      );
      const wrong = { ...trial, results, end_time: 'now' as unknown as Date };
      await expect(storage.pushTrialResults(wrong)).rejects.toThrow(InvalidDocumentError);
    });

    it('may be done again while the trial is held: the last results stay', async () => {
      const storage = await connect();
      const trial = await reserved(storage, 1, 0.5);
      await storage.pushTrialResults({
        ...trial,
        results: [objective(1), { name: 'n', type: 'statistic', value: 3 }],
      });
      expect((await storage.pushTrialResults({ ...trial, results: [objective(2)] })).results).toEqual([
        objective(2),
      ]);
    });

    it('takes any number for an objective but NaN', async () => {
      const storage = await connect();
      const trial = await reserved(storage, 1, 0.5);
      for (const value of [0, -0, 1e-300, -5, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        await storage.pushTrialResults({ ...trial, results: [objective(value)] });
        expect((await storage.getTrial(trial))?.results).toEqual([objective(value)]);
      }
    });

    it.each(invalidObjectives)('refuses %s for an objective, first or not', async (_what, value) => {
      const storage = await connect();
      const trial = await reserved(storage, 1, 0.5);
      for (const results of [[objective(value)], [objective(1), objective(value)]]) {
        await expect(storage.pushTrialResults({ ...trial, results })).rejects.toThrow(InvalidResultError);
        await expect(
          storage.pushTrialResults({ ...trial, results }, { status: 'completed' }),
        ).rejects.toThrow(InvalidResultError);
      }
      expect(await storage.getTrial(trial)).toEqual(trial);
    });

    it('may come without an objective, but not complete a trial without one', async () => {
      const storage = await connect();
      const trial = await reserved(storage, 1, 0.5);
      for (const results of [[], [{ name: 'n', type: 'statistic', value: 3 }] as const]) {
        await expect(
          storage.pushTrialResults({ ...trial, results }, { status: 'completed' }),
        ).rejects.toThrow(InvalidResultError);
        expect((await storage.getTrial(trial))?.end_time).toBeNull();
      }
      const statistic = [{ name: 'n', type: 'statistic', value: 3 }] as const;
      expect(await storage.pushTrialResults({ ...trial, results: statistic })).toMatchObject({
        status: 'reserved',
        results: statistic,
      });
    });

    it('fails for a trial that is not reserved, or not there', async () => {
      const storage = await connect();
      for (const [i, status] of trialStatuses.entries()) {
        if (status === 'reserved') continue;
        const trial = await storage.registerTrial(newTrial(1, i, { status }));
        const pushed = storage.pushTrialResults(
          { ...trial, results: [objective(1)] },
          { status: 'completed' },
        );
        await expect(pushed, status).rejects.toThrow(FailedUpdateError);
        expect(await storage.getTrial(trial)).toEqual(trial);
      }
      const unknown = { id: 'unknown', experiment: 1, results: [objective(1)] };
      await expect(storage.pushTrialResults(unknown)).rejects.toThrow(FailedUpdateError);
      await expect(storage.retrieveResult(unknown)).rejects.toThrow(FailedUpdateError);
    });
  });
}

import { FailedUpdateError, type Trial } from '@trialbase/core';
import { afterEach, describe, expect, it } from 'vitest';
import { openExperiment, real } from '../src/index.js';
import { keepRhythm } from '../src/timing/rhythm.js';
import { alone, pause, until } from './connect.js';

const space = { x: real(0, 1) };
/** So long that none of these tests sees a beat that is due. */
const interval = 60_000;

let visibility: DocumentVisibilityState = 'visible';
Object.defineProperty(document, 'visibilityState', { get: () => visibility });

afterEach(() => {
  visibility = 'visible';
});

const returns: [string, () => void][] = [
  ['becomes visible', () => document.dispatchEvent(new Event('visibilitychange'))],
  ['is resumed after it was frozen', () => document.dispatchEvent(new Event('resume'))],
  [
    'comes back from the back-forward cache',
    () => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
  ],
];

describe.each(returns)('when a page %s', (_, comeBack) => {
  it('the heart of its trial beats at once', async () => {
    const storage = await alone();
    const experiment = await openExperiment(storage, { name: 'e', space, maxTrials: 1 });
    const beat = async (): Promise<number | undefined> =>
      (await experiment.trials())[0]?.heartbeat?.getTime();
    const objective = async ({ trial }: { trial: Trial }): Promise<number> => {
      await pause(10);
      comeBack();
      await until(async () => ((await beat()) ?? 0) > (trial.heartbeat?.getTime() ?? 0));
      return 1;
    };
    const summary = await experiment.workOn(objective, { heartbeatInterval: interval });
    expect(summary.completed).toBe(1);
  });

  it('too late for its trial, the objective is told, and the work goes on with the next one', async () => {
    const storage = await alone({ lostAfter: 50 });
    const experiment = await openExperiment(storage, { name: 'e', space, maxTrials: 2 });
    let lost: Trial | undefined;
    let reason: unknown;
    const summary = await experiment.workOn(
      async ({ trial, signal }) => {
        if (lost) return 1;
        lost = trial;
        await pause(60); // frozen, it sends no beats
        await experiment.workOn(() => 2, { worker: 'other', maxTrials: 1 });
        comeBack();
        await until(() => signal.aborted);
        reason = signal.reason;
        return 3;
      },
      { worker: 'page', heartbeatInterval: interval },
    );
    expect(reason).toBeInstanceOf(FailedUpdateError);
    expect(summary).toEqual({ completed: 1, broken: 0, reason: 'max-trials' });
    const ends = (await experiment.trials()).map(({ id, worker, results }) => [
      id === lost?.id,
      worker,
      results,
    ]);
    expect(ends).toEqual([
      [true, 'other', [expect.objectContaining({ value: 2 })]],
      [false, 'page', [expect.objectContaining({ value: 1 })]],
    ]);
  });

  it('nothing happens once the rhythm is stopped', async () => {
    let beats = 0;
    const stop = keepRhythm(interval, async () => void (beats += 1));
    comeBack();
    await pause(10); // that beat is done
    stop();
    comeBack();
    expect(beats).toBe(1);
  });
});

it('a page that is hidden has not come back', async () => {
  let beats = 0;
  const stop = keepRhythm(interval, async () => void (beats += 1));
  visibility = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  stop();
  expect(beats).toBe(0);
});

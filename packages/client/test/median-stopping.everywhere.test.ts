import { InvalidConfigurationError, type Trial } from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import { medianStopping, type Objective, openExperiment, real } from '../src/index.js';
import { alone } from './connect.js';

type Reports = readonly (readonly [step: number, value: number])[];

function completed(...curves: readonly Reports[]): Trial[] {
  return curves.map(
    (reports) =>
      ({
        status: 'completed',
        results: [
          { name: 'objective', type: 'objective', value: 0 },
          { name: 'reports', type: 'statistic', value: reports },
        ],
      }) as Partial<Trial> as Trial,
  );
}

const steps = (...values: number[]): Reports => values.map((value, i) => [i + 1, value]);

function judgeOf(options: Parameters<typeof medianStopping>[0], ...curves: readonly Reports[]) {
  const judge = medianStopping(options).create();
  judge.observe(completed(...curves));
  return judge;
}

describe('the median stopping rule', () => {
  // Their running averages: 4, 3, 2; 6, 5, 4; 8, 7, 6.
  const three = [steps(4, 2, 0), steps(6, 4, 2), steps(8, 6, 4)];

  it('stops an evaluation whose best value is worse than the median of the running averages', () => {
    const judge = judgeOf({ minTrials: 3 }, ...three);
    expect(judge.shouldStop(steps(6))).toBe(false);
    expect(judge.shouldStop(steps(6.1))).toBe(true);
    expect(judge.shouldStop(steps(9, 5))).toBe(false);
    expect(judge.shouldStop(steps(9, 5.1))).toBe(true);
    expect(judge.shouldStop(steps(5, 9, 9))).toBe(true);
    expect(judge.shouldStop(steps(4, 9, 9))).toBe(false);
  });

  it('takes the middle of the two medians of an even number', () => {
    const judge = judgeOf({ minTrials: 2 }, steps(1), steps(3));
    expect(judge.shouldStop(steps(2))).toBe(false);
    expect(judge.shouldStop(steps(2.1))).toBe(true);
  });

  it('compares with what was reported up to the same step, whatever the steps of the others were', () => {
    const judge = judgeOf(
      { minTrials: 2 },
      [[10, 1]],
      [
        [5, 3],
        [20, 1],
      ],
      [[4, 9]],
    );
    // Up to step 7 there are 3 and 9, up to step 12 also 1.
    expect(judge.shouldStop([[7, 6.1]])).toBe(true);
    expect(judge.shouldStop([[7, 6]])).toBe(false);
    expect(judge.shouldStop([[12, 3.1]])).toBe(true);
    expect(judge.shouldStop([[12, 3]])).toBe(false);
    expect(judge.shouldStop([[3, 100]])).toBe(false);
  });

  it('waits for the first trials and the first steps', () => {
    expect(judgeOf({ minTrials: 4 }, ...three).shouldStop(steps(100))).toBe(false);
    expect(judgeOf({}, ...three).shouldStop(steps(100))).toBe(false);
    expect(judgeOf({}, ...three, ...three).shouldStop(steps(100))).toBe(true);
    const late = judgeOf({ minTrials: 3, warmupSteps: 2 }, ...three);
    expect(late.shouldStop(steps(100))).toBe(false);
    expect(late.shouldStop(steps(100, 100))).toBe(true);
  });

  it('learns from trials that are completed later', () => {
    const judge = judgeOf({ minTrials: 3 }, ...three);
    expect(judge.shouldStop(steps(5))).toBe(false);
    judge.observe(completed(steps(1), steps(1), steps(1)));
    expect(judge.shouldStop(steps(5))).toBe(true);
  });

  it('learns nothing from trials that are broken or reported nothing', () => {
    const judge = judgeOf({ minTrials: 3 }, ...three);
    const [one] = completed(steps(0));
    judge.observe([
      { ...(one as Trial), status: 'broken' },
      { ...(one as Trial), results: [] },
    ]);
    expect(judge.shouldStop(steps(6))).toBe(false);
  });

  it('takes NaN for the worst of values', () => {
    const judge = judgeOf({ minTrials: 3 }, ...three);
    expect(judge.shouldStop(steps(Number.NaN))).toBe(true);
    expect(judge.shouldStop(steps(5, Number.NaN))).toBe(false);
    const bad = judgeOf({ minTrials: 3 }, steps(Number.NaN), steps(Number.NaN), steps(-Infinity, Infinity));
    expect(bad.shouldStop(steps(1e308))).toBe(false);
    expect(bad.shouldStop(steps(1e308, Number.NaN))).toBe(false);
  });

  it.each([
    [{ warmupSteps: -1 }, "'warmupSteps' of medianStopping cannot be -1"],
    [{ warmupSteps: Number.NaN }, "'warmupSteps'"],
    [{ minTrials: 0 }, "'minTrials'"],
    [{ minTrials: 2.5 }, "'minTrials'"],
  ])('refuses the options %o', (options, says) => {
    expect(() => medianStopping(options)).toThrow(InvalidConfigurationError);
    expect(() => medianStopping(options)).toThrow(says);
  });

  it('ends the evaluations of a search that are not worth going on with, and no others', async () => {
    const experiment = await openExperiment(await alone(), {
      name: 'e',
      space: { x: real(0, 1) },
      algorithm: { random: { seed: 3 } },
      maxTrials: 60,
    });
    const lengths = new Map<number, number>();
    const train: Objective<{ readonly x: number }> = async ({ params, report, shouldStop }) => {
      for (let step = 1; step <= 10; step += 1) {
        report(params.x + 1 / step);
        lengths.set(params.x, step);
        if (await shouldStop()) return;
      }
      return params.x;
    };
    await experiment.workOn(train, { maxTrials: 30 });
    expect([...lengths.values()].every((length) => length === 10)).toBe(true);
    lengths.clear();
    await experiment.workOn(train, { stopping: medianStopping({ warmupSteps: 2 }) });
    // The averages up to step 2 are x + 0.75, and so an evaluation with an x of a quarter above their median ends there.
    const ofPoints = (test: (x: number) => boolean) =>
      new Set([...lengths].filter(([x]) => test(x)).map(([, length]) => length));
    expect(lengths.size).toBe(30);
    expect(ofPoints((x) => x > 0.9)).toEqual(new Set([2]));
    expect(ofPoints((x) => x < 0.4)).toEqual(new Set([10]));
  });
});

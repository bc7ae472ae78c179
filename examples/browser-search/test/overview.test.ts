import { expect, it } from 'vitest';
import { bestSoFar, overviewOf } from '../src/overview.js';
import { completed, NOW, reserved, trial } from './trials.js';

it('an overview counts the trials of each status, none as well', () => {
  const { counts } = overviewOf([completed(1), completed(2), trial('new'), trial('broken')], NOW);
  expect(counts).toEqual({ new: 1, reserved: 0, suspended: 0, completed: 2, interrupted: 0, broken: 1 });
});

it('the best trial has the smallest loss; of several, it is the one that ended first', () => {
  const early = completed(0.1, 5_000);
  expect(overviewOf([completed(0.3), completed(0.1), early, trial('new')], NOW).best).toBe(early);
  expect(overviewOf([trial('new')], NOW).best).toBeUndefined();
});

it('the completed trials come in the order in which they ended, whenever they were submitted', () => {
  const [first, second, third] = [completed(3, 300), completed(2, 200), completed(1, 100)];
  expect(overviewOf([second, third, first], NOW).completed).toEqual([first, second, third]);
});

it('a worker that shows no sign of life is not counted as at work', () => {
  const [alive, gone] = [reserved('a', 1_000), reserved('b', 4_000)];
  const { running, silent } = overviewOf([alive, gone], NOW);
  expect(running).toEqual([alive]);
  expect(silent).toEqual([gone]);
});

it('the pace is that of the last seconds, not of the pause before', () => {
  const long = 3_600_000;
  const { pace } = overviewOf([completed(1, long), completed(1, 2_000), completed(1, 1_000)], NOW);
  // Two trials since three seconds ago, when the first of them began.
  expect(pace).toBeCloseTo(2 / 3_000, 6);
  expect(overviewOf([completed(1, long)], NOW).pace).toBe(0);
});

it('the best loss so far never rises', () => {
  expect(bestSoFar([3, 4, 2, 2, 5, 1])).toEqual([3, 3, 2, 2, 2, 1]);
});

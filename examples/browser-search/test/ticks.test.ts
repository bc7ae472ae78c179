import { expect, it } from 'vitest';
import { logTicks } from '../src/ticks.js';

it.each([
  [0.05, 3, 10, [0.05, 0.1, 0.2, 0.5, 1, 2]],
  [0.1, 2, 10, [0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2]],
  [1e-4, 10, 6, [1e-4, 1e-3, 0.01, 0.1, 1, 10]],
  [0.11, 0.14, 9, [0.11, 0.12, 0.13, 0.14]],
])('an axis from %d to %d has its marks at round numbers', (min, max, count, ticks) => {
  expect(logTicks(min, max, count)).toEqual(ticks);
});

it('an axis has at least two marks and never far too many, whatever it spans', () => {
  for (let min = 1e-6; min < 1e3; min *= 1.37) {
    for (const ratio of [1.0001, 1.02, 1.3, 2, 7, 60, 1e4]) {
      const ticks = logTicks(min, min * ratio, 9);
      expect(ticks.length, `${min} to ${min * ratio}`).toBeGreaterThanOrEqual(2);
      expect(ticks.length, `${min} to ${min * ratio}`).toBeLessThanOrEqual(9);
      for (const tick of ticks) expect(tick >= min && tick <= min * ratio).toBe(true);
    }
  }
});

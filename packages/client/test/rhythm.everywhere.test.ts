import { expect, it } from 'vitest';
import { keepRhythm } from '../src/timing/rhythm.js';
import { pause, until } from './connect.js';

it('beats again and again until it is stopped', async () => {
  const start = performance.now();
  let beats = 0;
  const stop = keepRhythm(20, async () => void (beats += 1));
  await until(() => beats === 5);
  stop();
  expect(performance.now() - start).toBeGreaterThanOrEqual(5 * 20 - 5); // timers round
  await pause(60);
  expect(beats).toBe(5);
});

it.each([2 ** 31, Number.POSITIVE_INFINITY])('waits, and beats not at once, for %d ms', async (interval) => {
  let beats = 0;
  const stop = keepRhythm(interval, async () => void (beats += 1));
  await pause(60);
  stop();
  expect(beats).toBe(0);
});

it('begins no beat before the one before is done', async () => {
  let underWay = 0;
  let most = 0;
  let beats = 0;
  const stop = keepRhythm(1, async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await pause(20);
    underWay -= 1;
    beats += 1;
  });
  await until(() => beats === 3);
  stop();
  expect(most).toBe(1);
});

it('does not go on where it is stopped during a beat', async () => {
  let beats = 0;
  const stop = keepRhythm(1, async () => {
    beats += 1;
    await pause(20);
  });
  await until(() => beats === 1);
  stop();
  await pause(60);
  expect(beats).toBe(1);
});

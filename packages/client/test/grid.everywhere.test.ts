import { InvalidConfigurationError } from '@trialbase/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strideOf } from '../src/algorithms/grid/stride.js';
import {
  type AnyParams,
  buildSpace,
  categorical,
  fidelity,
  type GridOptions,
  grid,
  integer,
  normal,
  openExperiment,
  real,
  type SpaceInput,
  toParams,
} from '../src/index.js';
import { alone } from './connect.js';

function pointsOf(input: SpaceInput, options?: GridOptions): AnyParams[] {
  const space = buildSpace(input);
  const algorithm = grid(options).create(space);
  const points: AnyParams[] = [];
  for (;;) {
    const next = algorithm.suggest(7, []);
    points.push(...next);
    for (const point of next) toParams(space, point);
    if (next.length === 0) return points;
  }
}

function valuesOf(input: SpaceInput[string], options?: GridOptions): unknown[] {
  return pointsOf({ x: input }, options)
    .map(({ x }) => x)
    .toSorted((a, b) => Number(a) - Number(b));
}

describe('the values of a grid', () => {
  it.each<[string, SpaceInput[string], GridOptions, unknown[]]>([
    ['real numbers from bound to bound', real(0, 1), {}, [0, 0.25, 0.5, 0.75, 1]],
    ['real numbers by their ratios', real(1e-4, 1, { log: true }), {}, [1e-4, 1e-3, 1e-2, 0.1, 1]],
    ['rounded numbers', real(0, 1), { levels: 4 }, [0, 0.3333, 0.6667, 1]],
    ['the middle, where there is one level', real(2, 4), { levels: 1 }, [3]],
    ['the middle of the ratios', real(0.01, 1, { log: true }), { levels: 1 }, [0.1]],
    ['all whole numbers, where they are few', integer(1, 5), {}, [1, 2, 3, 4, 5]],
    ['some whole numbers, where they are many', integer(1, 9), {}, [1, 3, 5, 7, 9]],
    ['whole numbers by their ratios', integer(8, 512, { log: true }), { levels: 4 }, [8, 32, 128, 512]],
    ['each whole number once', integer(1, 4, { log: true }), { levels: 3 }, [1, 2, 4]],
    ['a normal distribution', normal(10, 2), {}, [6, 8, 10, 12, 14]],
    ['whole numbers of one', normal(0, 1, { discrete: true }), { levels: 3 }, [-2, 0, 2]],
    ['all categories, whatever the levels', categorical([3, 1, 2]), { levels: 1 }, [1, 2, 3]],
    ['no category that never comes', categorical({ 1: 1, 2: 0 }), {}, ['1']],
    ['the highest fidelity', fidelity(1, 9), {}, [9]],
    ['the levels of its name', real(0, 1), { levels: { x: 2 } }, [0, 1]],
  ])('are %s', (_, dimension, options, values) => {
    expect(valuesOf(dimension, options)).toEqual(values);
  });

  it('are all combinations, also of arrays', () => {
    const points = pointsOf({ x: real(0, 1, { shape: 2 }), a: categorical(['p', 'q']) }, { levels: 3 });
    expect(points).toHaveLength(18);
    expect(new Set(points.map((point) => JSON.stringify(point))).size).toBe(18);
  });

  it('leave out what is absent, and reach what a condition asks for', () => {
    const space = {
      layers: integer(1, 100),
      skip: categorical([true, false], { when: { layers: [2, 100] } }),
    };
    const points = pointsOf(space, { levels: 3 });
    expect(points.toSorted((a, b) => Number(a['layers']) - Number(b['layers']))).toEqual([
      { layers: 1 },
      { layers: 2, skip: expect.any(Boolean) },
      { layers: 2, skip: expect.any(Boolean) },
      { layers: 51 },
      { layers: 100, skip: expect.any(Boolean) },
      { layers: 100, skip: expect.any(Boolean) },
    ]);
  });
});

describe('the order of a grid', () => {
  it('begins in the middle and comes to each point once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }), (sizes) => {
        const space = Object.fromEntries(sizes.map((_, i) => [`x${i}`, integer(1, 100)]));
        const levels = Object.fromEntries(sizes.map((size, i) => [`x${i}`, size]));
        const points = pointsOf(space, { levels });
        const count = sizes.reduce((product, size) => product * size, 1);
        expect(new Set(points.map((point) => JSON.stringify(point))).size).toBe(count);
        expect(points).toHaveLength(count);
      }),
    );
    expect(pointsOf({ x: real(0, 1), y: real(0, 1), z: real(0, 1) })[0]).toEqual({ x: 0.5, y: 0.5, z: 0.5 });
  });

  it.each([
    [[5, 5, 5]],
    [[5, 5, 5, 5]],
    [[2, 3, 4, 5]],
    [[10, 10]],
    [[7, 2, 9]],
    [[4, 4, 4, 4]],
    [[3, 3, 3, 3, 3]],
  ])('has been about as often at each level of each parameter whenever it is stopped: %o', (sizes) => {
    const space = Object.fromEntries(sizes.map((_, i) => [`x${i}`, integer(1, 1000)]));
    const levels = Object.fromEntries(sizes.map((size, i) => [`x${i}`, size]));
    const points = pointsOf(space, { levels });
    for (const share of [4, 3, 2]) {
      const first = points.slice(0, Math.floor(points.length / share));
      for (const [i, size] of sizes.entries()) {
        const counts = new Map<unknown, number>();
        for (const point of first) counts.set(point[`x${i}`], (counts.get(point[`x${i}`]) ?? 0) + 1);
        expect(counts.size).toBe(size);
        expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(0.5 * (first.length / size) - 1);
        expect(Math.max(...counts.values())).toBeLessThanOrEqual(1.6 * (first.length / size) + 1);
      }
    }
  });

  it('goes by a step that shares no divisor with the number of points', () => {
    for (let size = 1; size <= 300; size += 1) {
      const seen = new Set(Array.from({ length: size }, (_, i) => (i * strideOf(size)) % size));
      expect(seen.size).toBe(size);
    }
  });
});

describe('a grid search', () => {
  it('ends when all points have been, and goes on where it was', async () => {
    const storage = await alone();
    const options = { name: 'e', space: { x: real(0, 1), n: integer(1, 3) }, algorithm: grid() };
    const first = await openExperiment(storage, { ...options, maxTrials: 6 });
    expect(await first.workOn(({ params }) => params.x)).toMatchObject({ completed: 6 });
    const later = await openExperiment(storage, { name: 'e', maxTrials: 100 });
    expect(await later.workOn(() => 1, { workers: 2 })).toMatchObject({ completed: 9, reason: 'exhausted' });
    const info = await storage.getAlgorithmLockInfo(later.record);
    expect(info?.state).toEqual({ suggested: 15, next: expect.any(Number) });
  });

  it.each<[GridOptions, string]>([
    [{ levels: 0 }, "'levels' of grid is a whole number above 0"],
    [{ levels: { x: 1.5 } }, "'levels' of grid"],
    [{ levels: 'many' as unknown as number }, "'levels' of grid"],
  ])('refuses the options %o', (options, says) => {
    expect(() => grid(options)).toThrow(InvalidConfigurationError);
    expect(() => grid(options)).toThrow(says);
  });

  it('refuses a space that it cannot go through', () => {
    const space = buildSpace({ x: real(0, 1, { shape: 30 }) });
    expect(() => grid().create(space)).toThrow('more points than can be counted');
    expect(() => grid({ levels: { y: 2 } }).create(space)).toThrow('names "y"; the parameters are x');
  });
});

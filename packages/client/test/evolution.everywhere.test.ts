import { InvalidConfigurationError } from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import {
  type AnyParams,
  categorical,
  evolution,
  fidelity,
  integer,
  normal,
  openExperiment,
  real,
  seedRandom,
} from '../src/index.js';
import { simulate } from '../src/testing/index.js';
import { alone } from './connect.js';

const six = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, real(0, 1)]));

function differences(a: AnyParams, b: AnyParams): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => a[name] !== b[name]);
}

describe('regularised evolution', () => {
  it('changes one parameter of a point that is alive: the oldest die, even the best', () => {
    let begun = 0;
    const all = simulate(evolution({ seed: 1, populationSize: 8, sampleSize: 8 }), {
      space: six,
      evaluate: () => begun++, // those of the beginning are the best that there will ever be
      trials: 80,
    }).map(({ point }) => point);
    for (const [i, child] of all.entries()) {
      const parents = all.slice(Math.max(0, i - 8), i).filter((one) => differences(one, child).length === 1);
      expect(parents.length > 0).toBe(i >= 8);
    }
  });

  it('chooses the best of a sample', () => {
    const evaluate = ({ a }: AnyParams): number => a as number;
    let ofBest = 0;
    const all = simulate(evolution({ seed: 1, populationSize: 10, sampleSize: 200 }), {
      space: six,
      evaluate,
      trials: 60,
    });
    for (const [i, { point }] of all.entries()) {
      const alive = all.slice(Math.max(0, i - 10), i).map((one) => one.point);
      const best = alive.toSorted((x, y) => evaluate(x) - evaluate(y))[0];
      if (i >= 10 && best && differences(best, point).length === 1) ofBest += 1;
    }
    expect(ofBest).toBe(50);
    const blind = simulate(evolution({ seed: 1, populationSize: 10, sampleSize: 1 }), {
      space: six,
      evaluate,
      trials: 200,
    });
    const last = (found: typeof all): number =>
      Math.min(...found.slice(-10).map(({ point }) => evaluate(point)));
    expect(last(all)).toBeLessThan(0.02);
    expect(last(blind)).toBeGreaterThan(last(all));
  });

  it('waits with children until the population is complete, and counts no broken trial', () => {
    let begun = 0;
    const all = simulate(evolution({ seed: 1, populationSize: 10, sampleSize: 3 }), {
      space: six,
      evaluate: ({ a }) => (begun++ % 2 === 0 ? 'broken' : (a as number)),
      trials: 30,
      workers: 3,
      order: seedRandom(1),
    });
    const isChild = ({ point }: (typeof all)[number], i: number): boolean =>
      all.slice(0, i).some((one) => differences(one.point, point).length === 1);
    expect(all.slice(0, 20).filter(isChild)).toEqual([]);
    expect(all.slice(24).every((one, i) => isChild(one, i + 24))).toBe(true);
  });

  it('mutates every kind of parameter, within its bounds, and makes a point of it', () => {
    const space = {
      real: real(1e-4, 1, { log: true }),
      whole: integer(1, 6),
      wide: integer(1, 1000, { log: true }),
      bell: normal(0, 2),
      kind: categorical(['p', 'q', 'r']),
      pair: real(-1, 1, { shape: 2 }),
      extra: real(0, 1, { when: { kind: ['q', 'r'] } }),
      more: categorical([true, false], { when: { kind: 'r' } }),
      epochs: fidelity(1, 9),
    };
    const changed = new Map<string, number>();
    const order: AnyParams[] = [];
    // The simulation refuses what is no point of the space.
    simulate(evolution({ seed: 1, populationSize: 5, sampleSize: 2 }), {
      space,
      evaluate: ({ whole, bell }) => (whole as number) + Math.abs(bell as number),
      trials: 400,
      workers: 4,
      onSuggest(point) {
        const [closest = []] = order
          .slice(-12)
          .map((one) => differences(one, point))
          .toSorted((a, b) => a.length - b.length);
        for (const name of closest) changed.set(name, (changed.get(name) ?? 0) + 1);
        expect(point['epochs']).toBe(9);
        order.push(point);
      },
    });
    for (const name of Object.keys(space).filter((one) => one !== 'epochs')) {
      expect([name, (changed.get(name) ?? 0) > 10]).toEqual([name, true]);
    }
  });

  it('uses up a finite space, each point once', () => {
    const space = { n: integer(1, 12), a: categorical(['x', 'y'], { when: { n: [1, 2, 3] } }) };
    const all = simulate(evolution({ seed: 1, populationSize: 4, sampleSize: 2 }), {
      space,
      evaluate: ({ n }) => n as number,
      trials: 100,
      workers: 3,
    });
    expect(new Set(all.map(({ point }) => JSON.stringify(point))).size).toBe(15);
    expect(all).toHaveLength(15);
  });

  it('suggests the same whichever of the workers asks', () => {
    const points = (instances: number): AnyParams[] =>
      simulate(evolution({ seed: 5, populationSize: 6, sampleSize: 3 }), {
        space: six,
        evaluate: ({ a, b }) => (a as number) + (b as number),
        trials: 60,
        workers: 4,
        instances,
        order: seedRandom(2),
      }).map(({ point }) => point);
    expect(points(3)).toEqual(points(1));
  });

  it('finds its way where random search does not, and is stored by its name', async () => {
    const storage = await alone();
    const algorithm = evolution({ seed: 1 });
    const experiment = await openExperiment(storage, { name: 'e', space: six, algorithm, maxTrials: 100 });
    const sum = (params: AnyParams): number =>
      Object.values(params).reduce((total: number, x) => total + (x as number), 0);
    await experiment.workOn(({ params }) => sum(params));
    expect((await experiment.stats()).bestObjective).toBeLessThan(1);
    expect(experiment.record.algorithm).toEqual({
      evolution: { seed: 1, populationSize: 20, sampleSize: 10 },
    });
    const again = await openExperiment(storage, { name: 'e', maxTrials: 105 });
    expect(await again.workOn(({ params }) => sum(params))).toMatchObject({ completed: 5 });
  });

  it.each([
    [{ populationSize: 0 }, "'populationSize' of evolution"],
    [{ sampleSize: 1.5 }, "'sampleSize' of evolution"],
    [{ seed: -1 }, 'A seed is'],
  ])('refuses the options %o', (options, says) => {
    expect(() => evolution(options)).toThrow(InvalidConfigurationError);
    expect(() => evolution(options)).toThrow(says);
  });
});

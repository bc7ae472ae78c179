import type { Result, Trial } from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import {
  type AnyParams,
  buildSpace,
  categorical,
  countPoints,
  integer,
  openExperiment,
  real,
  type SpaceInput,
} from '../../src/index.js';
import { type Begun, type Ending, SimulatedSearch } from '../../src/testing/index.js';
import { alone } from '../connect.js';
import { bumpy, everything } from './everything.js';
import { algorithms, spaceFor } from './table.js';

const rows = Object.entries(algorithms).map(([name, row]) => ({
  name,
  define: row.define,
  learns: row.learns,
  seedless: row.seedless ?? false,
  climbs: row.climbs ?? false,
  mostRepeated: row.repeats ? Number.POSITIVE_INFINITY : 0,
  /** A search of the algorithm. */
  search: (seed: number, space: SpaceInput) => new SimulatedSearch(row.define(seed), spaceFor(row, space)),
}));

const plane = { x: real(-5, 5, { precision: null }), y: real(-5, 5, { precision: null }) };

function bowl({ x, y }: AnyParams): number {
  return ((x as number) - 1.3) ** 2 + ((y as number) + 2.1) ** 2;
}

/** That each goes on from what any store has of it is tested in packages/trialbase, which knows all stores. */
describe.each(rows)('$name', ({ search, seedless, climbs, mostRepeated, define }) => {
  it('suggests points of the space alone, whatever it has, those of absent parameters left out', () => {
    const { points } = search(1, everything).run(30, bumpy); // the simulation refuses all others
    expect(points).toHaveLength(30);
    const fidelities = new Set(points.map(({ epochs }) => epochs));
    expect(fidelities).toEqual(new Set(climbs ? [1, 3, 9] : [9]));
    expect(points.some((point) => 'momentum' in point)).toBe(true);
    expect(points.some((point) => !('momentum' in point))).toBe(true);
    expect(new Set(points.map(({ units }) => units)).size).toBeGreaterThan(9);
  });

  it('searches a logarithmic scale evenly before it has learned anything', () => {
    const blind = search(2, {
      lr: real(1e-6, 1, { log: true }),
      units: integer(1, 10_000, { log: true }),
    });
    for (let i = 0; i < 40; i += 1) blind.next(); // none of them ends
    const small = blind.points.filter(({ lr }) => (lr as number) < 1e-3).length;
    const few = blind.points.filter(({ units }) => (units as number) < 100).length;
    for (const count of [small, few]) expect(Math.abs(count - 20)).toBeLessThanOrEqual(10);
  });

  it('suggests the same for the same seed, and something else for another', () => {
    const points = (seed: number): readonly AnyParams[] => search(seed, everything).run(20, bumpy).points;
    expect(points(3)).toEqual(points(3));
    expect(JSON.stringify(points(4)) === JSON.stringify(points(3))).toBe(seedless);
  });

  it('goes on in another worker as in the first, in whatever order that is told what has ended', () => {
    const one = search(5, everything).run(24, bumpy);
    const many = search(5, everything);
    for (let i = 0; i < 6; i += 1) many.run(4, bumpy).takeOver((trials) => trials.toReversed());
    expect(many.points).toEqual(one.points);
  });

  it('has a state that is small and plain', () => {
    const long = search(6, everything);
    const sizes = [15, 15].map((count) => JSON.stringify(long.run(count, bumpy).state).length);
    expect(JSON.parse(JSON.stringify(long.state))).toEqual(long.state);
    expect(Math.max(...sizes)).toBeLessThan(20_000);
  });

  it('has a state that stays small where everything breaks', () => {
    const broken = search(6, everything).run(250, () => 'broken');
    expect(JSON.stringify(broken.state).length).toBeLessThan(5_000);
  });

  it('suggests no point twice, also with several under way', () => {
    for (const space of [plane, { n: integer(0, 400), c: categorical(['a', 'b', 'c']) }]) {
      const busy = search(8, space);
      for (let i = 0; i < 60; i += 1) {
        busy.next();
        if (busy.pending.length === 8) busy.end(busy.pending[0] as Trial, i);
      }
      expect(busy.points).toHaveLength(60);
      expect(busy.repeated).toBeLessThanOrEqual(mostRepeated);
    }
  });

  it('uses a finite space up to its last point, and then has no more', () => {
    const space = {
      n: integer(1, 7),
      c: categorical({ often: 0.99, rarely: 0.01 }),
      m: integer(1, 3, { when: { c: 'often' } }),
    };
    const whole = search(9, space).run(1_000, ({ n }) => n as number);
    const configurations = new Set(whole.points.map(({ epochs: _epochs, ...rest }) => JSON.stringify(rest)));
    expect(configurations.size).toBe(countPoints(buildSpace(space)));
    expect(whole.points.length > configurations.size).toBe(climbs);
    expect(whole.next()).toBeUndefined();
  });

  it('says so too where more are under way than are left', () => {
    const short = search(9, { n: integer(1, 5) });
    for (let i = 0; i < 9; i += 1) short.next();
    expect(short.points).toHaveLength(5);
    for (const trial of short.pending) short.end(trial, 'broken');
    expect(short.next()).toBeUndefined();
  });

  it.each<[string, (i: number) => Ending]>([
    ['all trials break', () => 'broken'],
    ['some trials break', (i) => (i % 3 === 0 ? 'broken' : i)],
    ['trials end without an objective', (i) => (i % 2 === 0 ? [] : i)],
    ['objectives are infinite', (i) => [Infinity, -Infinity, 1, 2][i % 4] as number],
    ['all objectives are infinite', () => Infinity],
    ['all objectives are the same', () => 0],
    ['objectives are huge', (i) => (i % 2 === 0 ? 1 : -1) * 1.7e308],
    ['objectives are tiny', (i) => i * 5e-324],
  ])('goes on where %s', (_, ending) => {
    let i = 0;
    expect(search(10, everything).run(24, () => ending(i++)).points).toHaveLength(24);
  });

  it('goes on beside points that it did not suggest, and values that the space does not have', () => {
    const joined = search(11, plane);
    const first = joined.next();
    const odd = [
      { name: '/x', type: 'real' as const, value: 1e9 },
      { name: '/y', type: 'real' as const, value: 'high' },
    ];
    joined.end({ ...(first?.trial as Trial), params: odd }, -1);
    expect(joined.run(30, bowl).points).toHaveLength(31);
  });

  it('learns nothing from what is broken, not even where it has results', () => {
    const points = (temptation: readonly Result[]): readonly AnyParams[] => {
      const half = search(12, plane);
      for (let i = 0; i < 30; i += 1) {
        const { point, trial } = half.next() as Begun;
        if ((point['x'] as number) < 0) half.end({ ...trial, results: temptation }, 'broken');
        else half.end(trial, bowl(point));
      }
      return half.points;
    };
    expect(points([{ name: 'objective', type: 'objective', value: -1e9 }])).toEqual(points([]));
  });

  it('does not wait for trials that never end', async () => {
    const storage = await alone();
    const space = spaceFor({ climbs }, plane);
    const experiment = await openExperiment(storage, { name: 'e', space, algorithm: define(14) });
    for (let i = 0; i < 12; i += 1) await experiment.suggest({ worker: `lost ${i}` });
    const { completed } = await experiment.workOn(({ params }) => bowl(params), { maxTrials: 20 });
    expect(completed).toBe(20);
  });
});

const learners = rows.filter(({ learns }) => learns);

describe.each(learners)('$name, which learns,', ({ search }) => {
  it('keeps to constraints, once it has met them', () => {
    const evaluate = (point: AnyParams): Result[] => [
      { name: 'objective', type: 'objective', value: point['x'] },
      // Only where x + y > 4 it may be, an eighth of the plane; the objective draws the other way.
      { name: 'room', type: 'constraint', value: [4 - (point['x'] as number) - (point['y'] as number), -1] },
    ];
    const { points } = search(13, plane).run(100, evaluate);
    const isFeasible = ({ x, y }: AnyParams): boolean => (x as number) + (y as number) >= 4;
    expect(points.slice(60).filter(isFeasible).length).toBeGreaterThan(14);
    const best = Math.min(...points.filter(isFeasible).map(({ x }) => x as number));
    expect(best).toBeLessThan(0); // the best there is: x = -1
  });
});

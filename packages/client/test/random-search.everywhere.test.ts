import { describe, expect, it } from 'vitest';
import {
  categorical,
  integer,
  openExperiment,
  randomSearch,
  real,
  type SpaceInput,
  seedRandom,
} from '../src/index.js';
import { alone, shared } from './connect.js';

async function points(seed: number, workers: number): Promise<unknown[]> {
  const connect = shared();
  const options = {
    name: 'e',
    space: { x: real(0, 1), n: integer(1, 100) },
    algorithm: randomSearch({ seed }),
    maxTrials: 20,
  };
  const experiments = await Promise.all(
    Array.from({ length: workers }, async () => openExperiment(await connect(), options)),
  );
  await Promise.all(experiments.map((experiment) => experiment.workOn(({ params }) => params.x)));
  const trials = (await experiments[0]?.trials({ sort: { _id: 1 } })) ?? [];
  return trials.map(({ params }) => params.map(({ value }) => value));
}

describe('random search', () => {
  it('gives the same points for the same seed, by one worker or by four', async () => {
    const one = await points(1, 1);
    expect(one).toHaveLength(20);
    expect(await points(1, 4)).toEqual(one);
    expect(await points(2, 1)).not.toEqual(one);
  });

  it('goes on where it was when a worker comes back later', async () => {
    const storage = await alone();
    const options = {
      name: 'e',
      space: { x: real(0, 1), n: integer(1, 100) },
      algorithm: randomSearch({ seed: 1 }),
    };
    await (await openExperiment(storage, { ...options, maxTrials: 7 })).workOn(({ params }) => params.x);
    const again = await openExperiment(storage, { ...options, maxTrials: 20 });
    await again.workOn(({ params }) => params.x);
    const values = (await again.trials({ sort: { _id: 1 } })).map(({ params }) =>
      params.map(({ value }) => value),
    );
    expect(values).toEqual(await points(1, 1));
  });

  it.each<[string, SpaceInput, number]>([
    ['whole numbers', { n: integer(1, 50) }, 50],
    [
      'a category that is hardly ever drawn',
      { a: categorical({ often: 0.999, rarely: 0.001 }), n: integer(1, 3) },
      6,
    ],
    ['rounded numbers', { x: real(1, 10, { precision: 1 }) }, 10],
  ])('uses up %s to the last point, each once, and then says so', async (_, space, size) => {
    const experiment = await openExperiment(await alone(), {
      name: 'e',
      space,
      algorithm: randomSearch({ seed: 1 }),
    });
    const seen: string[] = [];
    const summary = await experiment.workOn(({ params }) => seen.push(JSON.stringify(params)));
    expect(summary).toEqual({ completed: size, broken: 0, reason: 'exhausted' });
    expect(new Set(seen).size).toBe(size);
  });

  it('leaves out points that were inserted by hand', async () => {
    const experiment = await openExperiment(await alone(), { name: 'e', space: { n: integer(1, 5) } });
    await experiment.insert({ n: 3 });
    const seen: number[] = [];
    await experiment.workOn(({ params }) => seen.push(params.n));
    expect(seen[0]).toBe(3);
    expect(new Set(seen)).toEqual(new Set([1, 2, 3, 4, 5]));
    expect(seen).toHaveLength(5);
  });

  it('is used up too where all that it draws is known, in a space that cannot be counted', async () => {
    const space = { x: 'normal(1.5, 1e-9, discrete=True)' };
    const experiment = await openExperiment(await alone(), { name: 'e', space });
    expect(await experiment.workOn(() => 1)).toEqual({ completed: 1, broken: 0, reason: 'exhausted' });
  });

  it('keeps a state that is small and plain', async () => {
    const storage = await alone();
    // One seed, as a point that is drawn twice counts as suggested twice.
    const algorithm = randomSearch({ seed: 1 });
    const space = { x: real(0, 1) };
    const experiment = await openExperiment(storage, { name: 'e', space, algorithm, maxTrials: 30 });
    await experiment.workOn(() => 1, { poolSize: 7 });
    const info = await storage.getAlgorithmLockInfo(experiment.record);
    expect(info?.state).toEqual({ random: expect.any(Array), suggested: 30 });
    expect(JSON.stringify(info?.state).length).toBeLessThan(100);
  });

  it('draws as its generator does', () => {
    const search = randomSearch({ seed: 9 }).create([]);
    expect(search.needsObservations).toBe(false);
    expect(search.state()).toEqual({ random: seedRandom(9).state(), suggested: 0 });
  });
});

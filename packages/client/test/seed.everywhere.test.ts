import { InvalidConfigurationError } from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import {
  type AlgorithmDefinition,
  asha,
  chooseAlgorithm,
  fidelity,
  grid,
  openExperiment,
  randomSearch,
  real,
  tpe,
} from '../src/index.js';
import { alone } from './connect.js';

const space = { x: real(0, 1), y: real(0, 1) };

describe('the seed of an experiment', () => {
  it('is that of the algorithm that is chosen: the same one gives the same search', async () => {
    const pointsFor = async (seed: number): Promise<unknown[]> => {
      const experiment = await openExperiment(await alone(), { name: 'e', space, maxTrials: 14, seed });
      const points: unknown[] = [];
      await experiment.workOn(({ params }) => (points.push(params), params.x + params.y));
      return points;
    };
    expect(await pointsFor(3)).toEqual(await pointsFor(3));
    expect(await pointsFor(4)).not.toEqual(await pointsFor(3));
  });

  it('leads to the version that has it, whatever its algorithm is', async () => {
    const storage = await alone();
    const algorithm = tpe({ seed: 1, startup: 20 });
    const first = await openExperiment(storage, { name: 'e', space, algorithm });
    expect((await openExperiment(storage, { name: 'e', seed: 1 })).record).toEqual(first.record);
    const second = await openExperiment(storage, { name: 'e', seed: 2 });
    expect(second.record).toMatchObject({
      version: 2,
      algorithm: { tpe: { seed: 2, startup: 20, candidates: 24 } },
      refers: { parent_id: first.record._id, adapter: [{ of_type: 'algorithmchange' }] },
    });
    expect((await openExperiment(storage, { name: 'e', seed: 1 })).record).toEqual(first.record);
    await expect(openExperiment(storage, { name: 'e', seed: 3, branch: false })).rejects.toThrow(
      'whose seed is not 3',
    );
  });

  it('may be that of a sampler', async () => {
    const storage = await alone();
    const climbing = { ...space, epochs: fidelity(1, 9, 3) };
    const first = await openExperiment(storage, { name: 'e', space: climbing, seed: 1 });
    expect(first.record.algorithm).toEqual({ asha: { sampler: { random: { seed: 1 } } } });
    const second = await openExperiment(storage, { name: 'e', seed: 2 });
    expect(second.record).toMatchObject({
      version: 2,
      algorithm: { asha: { sampler: { random: { seed: 2 } } } },
    });
    const same = { name: 'e', algorithm: asha({ sampler: randomSearch({ seed: 1 }) }) };
    expect((await openExperiment(storage, same)).record.version).toBe(1);
  });

  it.each<[string, number, AlgorithmDefinition | undefined]>([
    ['that is none', -1, undefined],
    ['that is no number', '1' as never, undefined],
    ['beside an algorithm, which has its own', 1, randomSearch()],
  ])('is refused where it is one %s', async (_, seed, algorithm) => {
    const storage = await alone();
    const opening = openExperiment(storage, { name: 'e', space, seed, ...(algorithm && { algorithm }) });
    await expect(opening).rejects.toThrow(InvalidConfigurationError);
    expect(await storage.fetchExperiments({})).toEqual([]);
  });

  it('is refused where the stored algorithm has none', async () => {
    const storage = await alone();
    await openExperiment(storage, { name: 'e', space, algorithm: grid() });
    await expect(openExperiment(storage, { name: 'e', seed: 1 })).rejects.toThrow('has no seed');
    expect(await storage.fetchExperiments({})).toHaveLength(1);
  });
});

describe('the algorithm of an experiment', () => {
  it('is told with the reason, where it was chosen', async () => {
    const storage = await alone();
    const chosen = await openExperiment(storage, { name: 'e', space, maxTrials: 50, seed: 7 });
    expect(chosen.algorithm).toEqual({
      configuration: chosen.record.algorithm,
      reason: chooseAlgorithm(space, { maxTrials: 50 }).reason,
    });
    expect((await openExperiment(storage, { name: 'e' })).algorithm).toEqual(chosen.algorithm);
    // With more trials another one would have been chosen.
    const extended = await openExperiment(storage, { name: 'e', maxTrials: 5_000 });
    expect(extended.algorithm.reason).toBeUndefined();
    const given = await openExperiment(storage, { name: 'f', space, algorithm: randomSearch({ seed: 1 }) });
    expect(given.algorithm).toEqual({ configuration: { random: { seed: 1 } }, reason: undefined });
  });

  it('is known for the chosen one, in whatever order its options are stored', async () => {
    const storage = await alone();
    const { algorithm, reason } = chooseAlgorithm(space);
    const [[name, options] = []] = Object.entries(algorithm.configuration);
    const turned = Object.fromEntries(Object.entries(options ?? {}).toReversed());
    await storage.createExperiment({
      name: 'e',
      version: 1,
      space: { '/x': 'uniform(0, 1)', '/y': 'uniform(0, 1)' },
      algorithm: { [String(name)]: turned },
    });
    expect(Object.keys(turned).length).toBeGreaterThan(1);
    expect((await openExperiment(storage, { name: 'e' })).algorithm.reason).toBe(reason);
  });

  it.each<[object, string]>([
    [{ tpe: { starts: 3 } }, "'tpe' has no option 'starts'; it has seed, startup, candidates"],
    [{ grid: { seed: 3 } }, "'grid' has no option 'seed'; it has levels"],
    [{ asha: { sampler: { tpe: { sead: 3 } } } }, "'tpe' has no option 'sead'"],
    [{ asha: { sampler: { tpe: { seed: 3 } }, size: 3 } }, "'asha' has no option 'size'"],
  ])('is not %o', async (algorithm, message) => {
    const storage = await alone();
    const opening = openExperiment(storage, {
      name: 'e',
      space: { ...space, epochs: fidelity(1, 9, 3) },
      algorithm: algorithm as Record<string, never>,
    });
    await expect(opening).rejects.toThrow(InvalidConfigurationError);
    await expect(opening).rejects.toThrow(message);
    expect(await storage.fetchExperiments({})).toEqual([]);
  });

  it('may have options in a document that are those of another program', async () => {
    const storage = await alone();
    await storage.createExperiment({
      name: 'e',
      version: 1,
      space: { '/x': 'uniform(0, 1)', '/y': 'uniform(0, 1)' },
      algorithm: { tpe: { seed: 1, n_initial_points: 20 } },
    });
    const experiment = await openExperiment(storage, { name: 'e' });
    expect((await experiment.workOn(() => 1, { maxTrials: 1 })).completed).toBe(1);
  });
});

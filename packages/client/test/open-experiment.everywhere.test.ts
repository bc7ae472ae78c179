import { InvalidConfigurationError } from '@trialbase/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { categorical, chooseAlgorithm, integer, openExperiment, randomSearch, real } from '../src/index.js';
import { alone, shared } from './connect.js';

const space = { lr: real(1e-5, 1, { log: true }), layers: integer(1, 4) };
const algorithm = randomSearch({ seed: 1 });

describe('a new experiment', () => {
  it('is stored with the fields of Orion', async () => {
    const storage = await alone();
    const metadata = { user: 'me' };
    const { record } = await openExperiment(storage, {
      name: 'e',
      space,
      algorithm,
      maxTrials: 9,
      maxBroken: 2,
      metadata,
    });
    expect(record).toEqual({
      _id: record._id,
      name: 'e',
      version: 1,
      space: { '/layers': 'uniform(1, 4, discrete=True)', '/lr': 'loguniform(1e-05, 1.0)' },
      algorithm: { random: { seed: 1 } },
      max_trials: 9,
      max_broken: 2,
      metadata: { user: 'me', datetime: expect.any(Date) },
      refers: { root_id: record._id, parent_id: null, adapter: [] },
    });
    expect(await storage.fetchExperiments({})).toEqual([record]);
    expect((await storage.getAlgorithmLockInfo(record))?.configuration).toEqual({ random: { seed: 1 } });
  });

  it('has the algorithm that is chosen for it, three broken trials at most and no end, unless told otherwise', async () => {
    const { record } = await openExperiment(await alone(), { name: 'e', space });
    expect(record).toMatchObject({
      algorithm: chooseAlgorithm(space).algorithm.configuration,
      max_broken: 3,
    });
    expect(record).not.toHaveProperty('max_trials');
    const short = await openExperiment(await alone(), { name: 'e', space, maxTrials: 50 });
    expect(short.record.algorithm).toEqual(chooseAlgorithm(space, { maxTrials: 50 }).algorithm.configuration);
    expect(short.record.algorithm).not.toEqual(record.algorithm);
  });

  it('needs a space', async () => {
    await expect(openExperiment(await alone(), { name: 'e' })).rejects.toThrow(
      'There is no experiment "e" yet',
    );
  });

  it('refuses an option that there is not, such as a name of Orion, before it creates anything', async () => {
    const storage = await alone();
    const mistaken = { name: 'e', space, algorithm, max_trials: 3 };
    await expect(openExperiment(storage, mistaken)).rejects.toThrow(
      "openExperiment has no option 'max_trials'; it has name, space, algorithm, seed, maxTrials",
    );
    expect(await storage.fetchExperiments({})).toEqual([]);
  });

  it.each([{ maxTrials: 0 }, { maxTrials: 1.5 }, { maxBroken: -1 }, { version: Number.NaN }, { name: '' }])(
    'refuses %o',
    async (options) => {
      const storage = await alone();
      await expect(openExperiment(storage, { name: 'e', space, ...options })).rejects.toThrow(
        InvalidConfigurationError,
      );
      expect(await storage.fetchExperiments({})).toEqual([]);
    },
  );

  it('is created once by however many at once, and joined by the others', async () => {
    const connect = shared();
    const storages = await Promise.all(Array.from({ length: 8 }, connect));
    const opened = await Promise.all(
      storages.map((storage) => openExperiment(storage, { name: 'e', space, maxTrials: 9 })),
    );
    expect(new Set(opened.map(({ record }) => record._id)).size).toBe(1);
    expect(await storages[0]?.fetchExperiments({})).toHaveLength(1);
  });
});

describe('an experiment that exists', () => {
  it('is joined by its name alone, with the space that it has', async () => {
    const storage = await alone();
    const first = await openExperiment(storage, { name: 'e', space, algorithm });
    const second = await openExperiment(storage, { name: 'e' });
    expect(second.record).toEqual(first.record);
    expect(second.space).toEqual(first.space);
  });

  it('is joined by the same space and algorithm, however they are written', async () => {
    const storage = await alone();
    await storage.createExperiment({
      name: 'e',
      version: 1,
      space: { '/lr': 'reciprocal(0.00001, 1)', '/layers': 'uniform(1, 4, discrete=True)' },
      algorithm: { random: { seed: null } },
    });
    await openExperiment(storage, { name: 'e', space, algorithm: { random: {} } });
    const { record } = await openExperiment(storage, {
      name: 'e',
      space: { layers: integer(1, 4), lr: 'loguniform(1e-5, 1.0)' },
    });
    expect(record.space).toEqual({
      '/lr': 'reciprocal(0.00001, 1)',
      '/layers': 'uniform(1, 4, discrete=True)',
    });
  });

  it('is not the one described where its space differs and it is not to branch, and the error says in what', async () => {
    const storage = await alone();
    await openExperiment(storage, { name: 'e', space });
    const opening = openExperiment(storage, {
      name: 'e',
      space: { lr: real(1e-5, 1), act: categorical(['a']) },
      branch: false,
    });
    await expect(opening).rejects.toThrow(InvalidConfigurationError);
    await expect(opening).rejects.toThrow('/lr is loguniform(1e-05, 1.0), not uniform(1e-05, 1.0)');
    await expect(opening).rejects.toThrow('/layers is uniform(1, 4, discrete=True), not absent');
    await expect(opening).rejects.toThrow("/act is not in it, not choices(['a'])");
  });

  it('is not the one described where its algorithm differs in the version asked for', async () => {
    const storage = await alone();
    await openExperiment(storage, { name: 'e', space, algorithm });
    const opening = openExperiment(storage, {
      name: 'e',
      space,
      algorithm: randomSearch({ seed: 2 }),
      version: 1,
    });
    await expect(opening).rejects.toThrow(
      'its algorithm is {"random":{"seed":1}}, not {"random":{"seed":2}}',
    );
  });

  it('is extended by a larger limit, and not cut by a smaller one', async () => {
    const storage = await alone();
    await openExperiment(storage, { name: 'e', space, maxTrials: 10 });
    const extended = await openExperiment(storage, { name: 'e', maxTrials: 20, maxBroken: 5 });
    expect(extended.record).toMatchObject({ max_trials: 20, max_broken: 5 });
    const smaller = await openExperiment(storage, { name: 'e', maxTrials: 5 });
    expect(smaller.record).toMatchObject({ max_trials: 20, max_broken: 5 });
  });

  it('is opened in its highest version, or in the one asked for', async () => {
    const storage = await alone();
    for (const version of [1, 3, 2]) await openExperiment(storage, { name: 'e', space, version });
    expect((await openExperiment(storage, { name: 'e' })).record.version).toBe(3);
    expect((await openExperiment(storage, { name: 'e', version: 1 })).record.version).toBe(1);
  });

  it('can be looked at where its algorithm is not known here, but not worked on', async () => {
    const storage = await alone();
    await storage.createExperiment({
      name: 'e',
      version: 1,
      space: { '/x': 'uniform(0, 1)' },
      algorithm: { dehb: { seed: 1 } },
    });
    const experiment = await openExperiment(storage, { name: 'e' });
    expect(await experiment.trials()).toEqual([]);
    const working = experiment.workOn(() => 1);
    await expect(working).rejects.toThrow(InvalidConfigurationError);
    await expect(working).rejects.toThrow('the known ones are random, ');
  });
});

describe('its types', () => {
  it('follow the space', async () => {
    const experiment = await openExperiment(await alone(), {
      name: 'e',
      space: { lr: real(1e-5, 1), act: categorical(['relu', 'tanh']), depth: 'uniform(1, 8, discrete=True)' },
      maxTrials: 1,
    });
    await experiment.workOn(({ params }) => {
      expectTypeOf(params).toEqualTypeOf<{
        readonly lr: number;
        readonly act: 'relu' | 'tanh';
        readonly depth: number;
      }>();
      // @ts-expect-error: there is no such parameter
      expect(params.layers).toBeUndefined();
      return params.lr;
    });
    // @ts-expect-error: an objective gives numbers
    await experiment.workOn(() => 'low');
  });

  it('leave the parameters open where the space is known only at run time', async () => {
    const storage = await alone();
    await openExperiment(storage, { name: 'e', space });
    const experiment = await openExperiment(storage, { name: 'e' });
    expectTypeOf(experiment.params({ params: [] })).toEqualTypeOf<{ readonly [name: string]: unknown }>();
  });
});

import {
  DuplicateKeyError,
  FailedUpdateError,
  InvalidConfigurationError,
  InvalidResultError,
  type Trial,
} from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import { type ExperimentClient, integer, type Output, openExperiment } from '../src/index.js';
import { alone, pause, shared } from './connect.js';

type Params = { readonly n: number };

const space = { n: integer(1, 1_000) };

async function open(maxTrials?: number): Promise<ExperimentClient<Params>> {
  return openExperiment(await alone(), { name: 'e', space, ...(maxTrials !== undefined && { maxTrials }) });
}

function given(trial: Trial | undefined): Trial {
  if (trial) return trial;
  throw new Error('There was nothing suggested');
}

describe('a suggested trial', () => {
  it('is another one with each call, until there are enough', async () => {
    const experiment = await open(3);
    const trials = [];
    for (let i = 0; i < 3; i += 1) trials.push(given(await experiment.suggest()));
    expect(new Set(trials.map(({ id }) => id)).size).toBe(3);
    expect(new Set(trials.map(({ worker }) => worker)).size).toBe(3);
    expect(await experiment.suggest()).toBeUndefined();
    for (const trial of trials) await experiment.observe(trial, experiment.params(trial).n);
    expect((await experiment.stats()).counts).toMatchObject({ completed: 3, reserved: 0 });
    expect(await experiment.suggest()).toBeUndefined();
  });

  it('is the same for the same worker, until it is observed', async () => {
    const experiment = await open();
    const first = given(await experiment.suggest({ worker: 'w' }));
    const again = given(await experiment.suggest({ worker: 'w' }));
    expect(again.id).toBe(first.id);
    // Who asked first under that name may be another process, from before a restart.
    await expect(experiment.observe(first, 1)).rejects.toThrow(FailedUpdateError);
    await experiment.observe(again, 1);
    expect(given(await experiment.suggest({ worker: 'w' })).id).not.toBe(first.id);
  });

  it('is not taken for lost, as long as it is held; once it is given back, its heart is still', async () => {
    const connect = shared({ lostAfter: 400 });
    const storage = await connect();
    const experiment = await openExperiment(storage, { name: 'e', space });
    const options = { heartbeatInterval: 20 };
    const [held, told, back] = [
      given(await experiment.suggest(options)),
      given(await experiment.suggest(options)),
      given(await experiment.suggest(options)),
    ];
    await experiment.observe(told, 1);
    await experiment.release(back, 'suspended');
    const beats = async ({ id }: Trial): Promise<number | undefined> =>
      (await experiment.trials({ where: { id } }))[0]?.heartbeat?.getTime();
    const before = await Promise.all([held, told, back].map(beats));
    for (let i = 0; i < 5; i += 1) {
      await pause(150);
      expect(await storage.fetchLostTrials(experiment.record)).toEqual([]);
    }
    const after = await Promise.all([held, told, back].map(beats));
    expect(after[0]).toBeGreaterThan(before[0] ?? 0);
    expect(after.slice(1)).toEqual(before.slice(1));
    await experiment.release(held);
  });

  it('is held on where its output is none', async () => {
    const experiment = await open();
    const trial = given(await experiment.suggest());
    await expect(experiment.observe(trial, 'low' as never)).rejects.toThrow(InvalidResultError);
    await expect(experiment.observe(trial, Number.NaN)).rejects.toThrow(InvalidResultError);
    expect(await experiment.observe(trial, 1)).toMatchObject({ status: 'completed' });
  });

  it('that has gone to somebody else cannot be given back', async () => {
    const storage = await alone();
    const experiment = await openExperiment(storage, { name: 'e', space });
    const trial = given(await experiment.suggest());
    await storage.setTrialStatus(trial, 'interrupted');
    await storage.reserveTrial(experiment.record, { worker: 'thief' });
    await expect(experiment.observe(trial, 1)).rejects.toThrow(FailedUpdateError);
    await expect(experiment.release(trial)).rejects.toThrow(FailedUpdateError);
    expect(await storage.getTrial(trial)).toMatchObject({ status: 'reserved', worker: 'thief', results: [] });
  });

  it('may be broken', async () => {
    const experiment = await open();
    await experiment.release(given(await experiment.suggest()), 'broken');
    expect((await experiment.stats()).counts).toMatchObject({ broken: 1, reserved: 0 });
  });

  it.each([{ worker: '' }, { poolSize: 0 }, { heartbeatInterval: 0 }])(
    'is not to be had with %o',
    async (options) => {
      const suggesting = (await open()).suggest(options);
      await expect(suggesting).rejects.toThrow(InvalidConfigurationError);
      await expect(suggesting).rejects.toThrow(`The option '${Object.keys(options)[0]}' of suggest`);
    },
  );
});

describe('an inserted trial', () => {
  it('is evaluated next', async () => {
    const experiment = await open();
    const inserted = await experiment.insert({ n: 7 });
    expect(inserted).toMatchObject({ status: 'new', results: [] });
    expect(given(await experiment.suggest()).id).toBe(inserted.id);
  });

  it('is completed where its results are known, and counts', async () => {
    const experiment = await open(2);
    const inserted = await experiment.insert({ n: 7 }, { objective: 0.5, statistics: { accuracy: 0.9 } });
    expect(inserted).toMatchObject({
      status: 'completed',
      results: [
        { name: 'objective', type: 'objective', value: 0.5 },
        { name: 'accuracy', type: 'statistic', value: 0.9 },
      ],
      start_time: expect.any(Date),
      end_time: expect.any(Date),
    });
    expect((await experiment.best())?.id).toBe(inserted.id);
    expect((await experiment.workOn(() => 1)).completed).toBe(1);
  });

  it('is told to an algorithm that learns', async () => {
    const told: Trial[] = [];
    const experiment = await openExperiment(await alone(), {
      name: 'e',
      space,
      algorithm: {
        configuration: { listening: {} },
        create: () => ({
          needsObservations: true,
          suggest: () => [{ n: 1 }],
          observe: (trials) => void told.push(...trials),
          state: () => null,
          setState: () => {},
        }),
      },
    });
    const inserted = await experiment.insert({ n: 7 }, 0.5);
    await experiment.suggest();
    expect(told.map(({ id }) => id)).toEqual([inserted.id]);
  });

  it.each<[string, Params, Output | undefined, new (...given: never[]) => Error]>([
    ['a point that is none', { n: 0.5 }, undefined, InvalidConfigurationError],
    ['an output that is none', { n: 7 }, { loss: 1 } as never, InvalidResultError],
    ['an output without an objective', { n: 7 }, [], InvalidResultError],
    ['an objective that is NaN', { n: 7 }, Number.NaN, InvalidResultError],
  ])('is not %s', async (_, params, output, kind) => {
    const experiment = await open();
    await expect(experiment.insert(params, output)).rejects.toThrow(kind);
    expect(await experiment.trials()).toEqual([]);
  });

  it('is not one that is there', async () => {
    const experiment = await open();
    await experiment.insert({ n: 7 });
    await expect(experiment.insert({ n: 7 }, 1)).rejects.toThrow(DuplicateKeyError);
  });
});

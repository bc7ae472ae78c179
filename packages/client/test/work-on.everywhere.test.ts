import { InvalidResultError, type Trial } from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import {
  integer,
  type Objective,
  type Output,
  openExperiment,
  randomSearch,
  real,
  type WorkOptions,
  type WorkSummary,
} from '../src/index.js';
import { alone, shared } from './connect.js';

const space = { x: real(0, 1) };

async function work(
  objective: Objective<{ readonly x: number }>,
  options: WorkOptions & { readonly limit?: number; readonly brokenLimit?: number } = {},
): Promise<{ summary: WorkSummary; trials: Trial[] }> {
  const { limit = 5, brokenLimit = 3, ...rest } = options;
  const experiment = await openExperiment(await alone(), {
    name: 'e',
    space,
    maxTrials: limit,
    maxBroken: brokenLimit,
  });
  const summary = await experiment.workOn(objective, rest);
  return { summary, trials: await experiment.trials() };
}

describe('working on an experiment', () => {
  it('completes as many trials as it asks for, each with its results and times', async () => {
    const before = new Date();
    const { summary, trials } = await work(({ params }) => params.x ** 2, { worker: 'w1' });
    expect(summary).toEqual({ completed: 5, broken: 0, reason: 'max-trials' });
    expect(trials).toHaveLength(5);
    for (const trial of trials) {
      const [param] = trial.params;
      expect(param).toMatchObject({ name: '/x', type: 'real' });
      expect(trial).toMatchObject({
        status: 'completed',
        worker: 'w1',
        results: [{ name: 'objective', type: 'objective', value: (param?.value as number) ** 2 }],
      });
      for (const time of [trial.submit_time, trial.start_time, trial.end_time])
        expect(time?.getTime()).toBeGreaterThanOrEqual(before.getTime());
    }
  });

  it.each<[string, Output, unknown]>([
    ['a number', 0.5, [{ name: 'objective', type: 'objective', value: 0.5 }]],
    ['an infinite number', -Infinity, [{ name: 'objective', type: 'objective', value: -Infinity }]],
    [
      'an objective with what belongs to it',
      { objective: 1, statistics: { accuracy: 0.9 }, constraints: { size: [1, 2] } },
      [
        { name: 'objective', type: 'objective', value: 1 },
        { name: 'size', type: 'constraint', value: [1, 2] },
        { name: 'accuracy', type: 'statistic', value: 0.9 },
      ],
    ],
    [
      'results',
      [{ name: 'loss', type: 'objective', value: 3 }],
      [{ name: 'loss', type: 'objective', value: 3 }],
    ],
  ])('takes %s for a result', async (_, output, results) => {
    const { trials } = await work(() => output, { limit: 1 });
    expect(trials.map((trial) => trial.results)).toEqual([results]);
  });

  it.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['nothing', undefined],
    ['a text', 'low'],
    ['an objective that is NaN', { objective: Number.NaN }],
    ['results without an objective', []],
    ['results that are none', [{ name: 'a', type: 'objective', value: 'x' }]],
  ])('breaks a trial whose objective returns %s, and reports the error', async (_, output) => {
    const errors: unknown[] = [];
    const onError = (error: unknown): unknown => errors.push(error);
    const objective = (() => output) as () => number;
    const { summary, trials } = await work(objective, { brokenLimit: 1, onError: onError as () => void });
    expect(summary).toEqual({ completed: 0, broken: 1, reason: 'max-broken' });
    expect(trials.map(({ status }) => status)).toEqual(['broken']);
    expect(errors).toEqual([expect.any(InvalidResultError)]);
  });

  it('breaks a trial whose objective throws, tells of it, and goes on', async () => {
    let calls = 0;
    const told: [unknown, Trial][] = [];
    const ended: Trial[] = [];
    const fault = new Error('out of memory');
    const objective = (): number => {
      calls += 1;
      if (calls === 2) throw fault;
      return 1;
    };
    const { summary, trials } = await work(objective, {
      onError: (error, trial) => void told.push([error, trial]),
      onTrial: (trial) => void ended.push(trial),
    });
    expect(summary).toEqual({ completed: 5, broken: 1, reason: 'max-trials' });
    expect(trials).toHaveLength(6);
    expect(told).toEqual([[fault, expect.objectContaining({ status: 'broken' })]]);
    expect(ended).toHaveLength(6);
    expect(ended.map(({ id, status }) => [id, status])).toEqual(trials.map(({ id, status }) => [id, status]));
  });

  it('stops with the error that onError throws, the trial being broken', async () => {
    const storage = await alone();
    const experiment = await openExperiment(storage, { name: 'e', space, maxTrials: 5 });
    const working = experiment.workOn(() => Promise.reject(new Error('fault')), {
      onError: (error) => {
        throw error;
      },
    });
    await expect(working).rejects.toThrow('fault');
    expect((await experiment.trials()).map(({ status }) => status)).toEqual(['broken']);
  });

  it('stops at the number of broken trials that the experiment allows', async () => {
    const { summary, trials } = await work(() => {
      throw new Error('always');
    });
    expect(summary).toEqual({ completed: 0, broken: 3, reason: 'max-broken' });
    expect(trials.map(({ status }) => status)).toEqual(['broken', 'broken', 'broken']);
  });

  it('stops at the limits of the call', async () => {
    expect((await work(() => 1, { maxTrials: 2 })).summary).toEqual({
      completed: 2,
      broken: 0,
      reason: 'max-trials',
    });
    const broken = await work(() => Promise.reject(new Error('fault')), { maxBroken: 1 });
    expect(broken.summary).toEqual({ completed: 0, broken: 1, reason: 'max-broken' });
  });

  it('registers as many trials at once as the pool size says, and not more than are needed', async () => {
    const experiment = await openExperiment(await alone(), { name: 'e', space, maxTrials: 5 });
    const registered: number[] = [];
    await experiment.workOn(async () => registered.push((await experiment.trials()).length), { poolSize: 3 });
    expect(registered).toEqual([3, 3, 3, 5, 5]);
  });

  it('goes on with the trials of a search that was extended meanwhile', async () => {
    const connect = shared();
    const experiment = await openExperiment(await connect(), { name: 'e', space, maxTrials: 1 });
    const other = await connect();
    let extended = false;
    const summary = await experiment.workOn(async () => {
      if (!extended) await openExperiment(other, { name: 'e', maxTrials: 3 });
      extended = true;
      return 1;
    });
    expect(summary).toEqual({ completed: 3, broken: 0, reason: 'max-trials' });
    expect(experiment.record.max_trials).toBe(3);
  });

  it('has nothing to do where enough is completed', async () => {
    const experiment = await openExperiment(await alone(), { name: 'e', space, maxTrials: 2 });
    await experiment.workOn(() => 1);
    expect(await experiment.workOn(() => 1)).toEqual({ completed: 0, broken: 0, reason: 'max-trials' });
  });

  it.each<WorkOptions>([
    { heartbeatInterval: 0 },
    { heartbeatInterval: Number.NaN },
    { poolSize: 0 },
    { maxTrials: 0 },
    { idleTimeout: -1 },
  ])('refuses %o', async (options) => {
    await expect(work(() => 1, options)).rejects.toThrow(`The option '${Object.keys(options)[0]}' of workOn`);
  });
});

describe('suggesting by hand', () => {
  it('reserves, completes and gives back', async () => {
    const experiment = await openExperiment(await alone(), {
      name: 'e',
      space: { n: integer(1, 9) },
      maxTrials: 2,
    });
    const first = await experiment.suggest({ worker: 'a' });
    const second = await experiment.suggest({ worker: 'b' });
    expect(await experiment.suggest({ worker: 'c' })).toBeUndefined();
    if (!first || !second) throw new Error('There was nothing suggested');
    expect(experiment.params(first).n).toBe(first.params[0]?.value);
    expect(await experiment.observe(first, { objective: 2 })).toMatchObject({ status: 'completed' });
    expect(await experiment.release(second)).toMatchObject({ status: 'interrupted' });
    expect(await experiment.suggest({ worker: 'c' })).toMatchObject({ id: second.id, worker: 'c' });
  });
});

describe('looking at an experiment', () => {
  it('tells the best trial and how the search stands', async () => {
    const storage = await alone();
    const experiment = await openExperiment(storage, {
      name: 'e',
      space: { n: integer(1, 9) },
      algorithm: randomSearch({ seed: 3 }),
      maxTrials: 6,
    });
    expect(await experiment.best()).toBeUndefined();
    expect(await experiment.stats()).toMatchObject({ bestObjective: undefined, startTime: undefined });
    let calls = 0;
    await experiment.workOn(({ params }) => {
      calls += 1;
      if (calls === 3) throw new Error('fault');
      // A statistic below the objective is not what makes a trial the best.
      return { objective: (params.n - 5) ** 2, statistics: { n: -params.n } };
    });
    const trials = await experiment.trials();
    const objectives = trials
      .filter(({ status }) => status === 'completed')
      .map(({ params }) => ((params[0]?.value as number) - 5) ** 2);
    const best = await experiment.best();
    expect(best?.results[0]?.value).toBe(Math.min(...objectives));
    const stats = await experiment.stats();
    expect(stats).toMatchObject({ bestObjective: Math.min(...objectives), bestTrial: best?.id });
    expect(stats.counts).toEqual({
      new: 0,
      reserved: 0,
      suspended: 0,
      completed: 6,
      interrupted: 0,
      broken: 1,
    });
    expect(stats.startTime).toEqual(trials[0]?.start_time);
    expect(stats.finishTime).toEqual(trials.at(-1)?.end_time);

    // Results of a trial that is not completed are not the last word.
    const results = [{ name: 'objective', type: 'objective', value: -1 }] as const;
    const params = [{ name: '/n', type: 'integer', value: 99 }] as const;
    await storage.registerTrial({
      experiment: experiment.record._id,
      params,
      results,
      status: 'interrupted',
    });
    expect((await experiment.stats()).bestTrial).toBe(best?.id);
    expect((await experiment.best())?.id).toBe(best?.id);
  });
});

import type { Trial } from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import { type ExperimentClient, integer, openExperiment, type Progress, reportsOf } from '../src/index.js';
import { alone, pause, shared, until } from './connect.js';

type Params = { readonly n: number };

/** The same search from two places. */
async function openTwice(maxTrials: number): Promise<[ExperimentClient<Params>, ExperimentClient<Params>]> {
  const connect = shared();
  const open = async (): Promise<ExperimentClient<Params>> =>
    openExperiment(await connect(), { name: 'e', space: { n: integer(1, 1_000) }, maxTrials, maxBroken: 99 });
  return [await open(), await open()];
}

describe('finished', () => {
  it('tells of each trial that ended before or ends now, once, in the order in which they end', async () => {
    const [here, there] = await openTwice(9);
    let calls = 0;
    const objective = async (): Promise<number> => {
      calls += 1;
      await pause(2);
      if (calls % 4 === 0) throw new Error('fault');
      return calls;
    };
    await there.workOn(objective, { maxTrials: 4 });
    const controller = new AbortController();
    const told: Trial[] = [];
    const working = there.workOn(objective);
    for await (const trial of here.finished({ signal: controller.signal })) {
      told.push(trial);
      if (told.filter(({ status }) => status === 'completed').length === 9) controller.abort();
    }
    await working;
    const ended = await here.trials({ where: { status: { $in: ['completed', 'broken'] } } });
    expect(new Set(told.map(({ _id }) => _id)).size).toBe(told.length);
    expect(
      told.filter(({ status }) => status === 'completed').map(({ results }) => results[0]?.value),
    ).toEqual([1, 2, 3, 5, 6, 7, 9, 10, 11]);
    expect(told.length).toBe(ended.length);
  });

  it('ends with its loop, and when it is told to', async () => {
    const [here] = await openTwice(3);
    await here.workOn(({ params }) => params.n);
    for await (const trial of here.finished()) {
      expect(trial.status).toBe('completed');
      break;
    }
    for await (const _ of here.finished({ signal: AbortSignal.abort() })) throw new Error('It tells on');
  });
});

describe('progress', () => {
  it('tells how a search stands, whoever works on it, until it is told to stop', async () => {
    const [here, there] = await openTwice(5);
    const controller = new AbortController();
    const seen: Progress[] = [];
    const following = (async () => {
      for await (const now of here.progress({ signal: controller.signal })) seen.push(now);
    })();
    await until(() => seen.length > 0);
    let calls = 0;
    await there.workOn(async ({ params, report }) => {
      calls += 1;
      report(params.n);
      await until(() => seen.some(({ running }) => running[0] && reportsOf(running[0])[0]?.[1] === params.n));
      if (calls === 2) throw new Error('fault');
      return params.n;
    });
    await until(() => seen.at(-1)?.counts.completed === 5);
    controller.abort();
    await following;
    expect(seen[0]).toEqual({
      counts: { new: 0, reserved: 0, suspended: 0, completed: 0, interrupted: 0, broken: 0 },
      maxTrials: 5,
      running: [],
      best: undefined,
    });
    const { counts, bestTrial } = await here.stats();
    expect(seen.at(-1)).toMatchObject({ counts, running: [], best: { id: bestTrial } });
    expect(counts).toMatchObject({ completed: 5, broken: 1 });
  });

  it('has another best where the best is gone', async () => {
    const storage = await alone();
    const experiment = await openExperiment(storage, { name: 'e', space: { n: integer(1, 9) } });
    for (const n of [3, 1, 2]) await experiment.insert({ n }, n);
    const controller = new AbortController();
    let best: Progress['best'];
    const following = (async () => {
      for await (const now of experiment.progress({ signal: controller.signal })) best = now.best;
    })();
    await until(() => best !== undefined && experiment.params(best).n === 1);
    await storage.deleteTrials(experiment.record, { where: { id: best?.id } });
    await until(() => best !== undefined && experiment.params(best).n === 2);
    controller.abort();
    await following;
    expect(best).toEqual(await experiment.best());
  });
});

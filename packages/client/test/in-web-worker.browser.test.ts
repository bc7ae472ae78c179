import { EvaluationFailedError, errorCode, type Trial } from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import {
  type ExperimentClient,
  exposeObjective,
  integer,
  inWebWorker,
  openExperiment,
  reportsOf,
  type WorkerPoolOptions,
  type WorkOptions,
} from '../src/index.js';
import { alone, pause, until } from './connect.js';

type Params = { readonly n: number };

async function open(maxTrials: number): Promise<ExperimentClient<Params>> {
  return openExperiment(await alone(), { name: 'e', space: { n: integer(1, 1_000) }, maxTrials });
}

/** An objective in workers of this page, by its name in `objectives/objective.ts`. */
function worker(deed: string, options?: WorkerPoolOptions): ReturnType<typeof inWebWorker<Params>> {
  return inWebWorker<Params>(
    () => new Worker(new URL('./objectives/objective.ts', import.meta.url), { type: 'module', name: deed }),
    options,
  );
}

/** What became of one trial. */
async function evaluate(deed: string, options: WorkOptions = {}): Promise<{ trial: Trial; error: unknown }> {
  const experiment = await open(1);
  let error: unknown;
  const onError = (broke: unknown): void => void (error = broke);
  await experiment.workOn(worker(deed), { maxBroken: 1, onError, ...options });
  const [trial] = await experiment.trials();
  if (!trial) throw new Error('There is no trial');
  return { trial, error };
}

describe('an objective in Web Workers', () => {
  it('evaluates trial after trial, beside as many others as are asked for', async () => {
    const experiment = await open(12);
    const summary = await experiment.workOn(worker('square'), { workers: 3 });
    expect(summary).toEqual({ completed: 12, broken: 0, reason: 'max-trials' });
    for (const { params, results } of await experiment.trials())
      expect(results.map(({ value }) => value)).toEqual([(params[0]?.value as number) ** 2, 'undefined']);
  });

  it('reports values, and returns what it likes', async () => {
    const { trial } = await evaluate('report');
    expect(reportsOf(trial)).toEqual([1, 2, 3, 4, 5].map((i) => [10 * i, 1 / i]));
    expect(trial.results[0]?.value).toBe(Number.NEGATIVE_INFINITY);
  });

  it('is advised to stop', async () => {
    const stopping = {
      create: () => ({ observe: () => {}, shouldStop: (all: readonly unknown[]) => all.length >= 4 }),
    };
    const { trial } = await evaluate('learn', { stopping });
    expect(trial.results[0]).toEqual({ name: 'objective', type: 'objective', value: 4 });
  });

  it.each<[string, string]>([
    ['throw', 'too far'],
    ['throw a text', 'no error at all'],
    ['return a function', 'clone'],
    ['crash', 'out of the blue'],
  ])('breaks its trial, which is not lost: %s', async (deed, message) => {
    const { trial, error } = await evaluate(deed);
    expect(trial.status).toBe('broken');
    expect(error instanceof Error ? error.message : error).toContain(message);
  });

  it('is replaced where its worker failed', async () => {
    const experiment = await open(1);
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void errors.push(error);
    const summary = await experiment.workOn(worker('crash'), { onError });
    expect(summary).toEqual({ completed: 0, broken: 3, reason: 'max-broken' });
    expect(errors.map(errorCode)).toEqual(Array.from({ length: 3 }, () => 'evaluation-failed'));
  });

  it.each(['heed', 'hang'])('is stopped when it is to stop: %s', async (deed) => {
    const experiment = await open(1);
    const controller = new AbortController();
    const working = experiment.workOn(worker(deed), { signal: controller.signal });
    const statuses = async (): Promise<string[]> => (await experiment.trials()).map(({ status }) => status);
    await until(async () => (await statuses()).includes('reserved'));
    await pause(200);
    controller.abort();
    expect((await working).reason).toBe('aborted');
    expect(await statuses()).toEqual(['interrupted']);
  });

  it('breaks its trial where its script is not there, or exposes no objective', async () => {
    const experiment = await open(1);
    const errors: unknown[] = [];
    const options = { maxBroken: 1, onError: (error: unknown): void => void errors.push(error) };
    await experiment.workOn(inWebWorker('/there/is/none.js', { startTimeout: 5_000 }), options);
    await experiment.workOn(worker('unknown', { startTimeout: 500 }), options);
    expect(errors).toEqual([expect.any(EvaluationFailedError), expect.any(EvaluationFailedError)]);
  });

  it('is exposed in a worker, not in a page', () => {
    expect(() => exposeObjective(() => 1)).toThrow('the script of a Web Worker');
  });
});

import type { Worker } from 'node:worker_threads';
import { type Executor, reportsOf, type WorkOptions } from '@trialbase/client';
import {
  EvaluationFailedError,
  errorCode,
  InvalidResultError,
  type Trial,
  trialStatuses,
} from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import { inChildProcess, inWorkerThread, type WorkerThreadOptions } from '../src/index.js';
import { open, type Params, until } from './search.js';

const script = new URL('threads/objective.mjs', import.meta.url);

type Place = (deed: string, options?: WorkerThreadOptions) => Executor<Params>;

const thread: Place = (deed, options) => inWorkerThread(script, { workerData: { deed }, ...options });
const child: Place = (deed) =>
  inChildProcess([process.execPath, script.pathname], { env: { DEED: deed }, killAfter: 200 });

/** What became of one trial. */
async function evaluate(
  executor: Executor<Params>,
  options: WorkOptions = {},
): Promise<{ trial: Trial; error: unknown }> {
  const experiment = await open(1);
  let error: unknown = 'none';
  const onError = (broke: unknown): void => void (error = broke);
  await experiment.workOn(executor, { maxBroken: 1, onError, ...options });
  const [trial] = await experiment.trials();
  if (!trial) throw new Error('There is no trial');
  return { trial, error };
}

/** Never waits for what the objective does by itself. */
async function stopWhileAt(executor: Executor<Params>): Promise<string[]> {
  const experiment = await open(1);
  const controller = new AbortController();
  const working = experiment.workOn(executor, { signal: controller.signal });
  const statuses = async (): Promise<string[]> => (await experiment.trials()).map(({ status }) => status);
  await until(async () => (await statuses()).includes('reserved'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  controller.abort();
  expect((await working).reason).toBe('aborted');
  return statuses();
}

describe.each([
  ['a worker thread', thread],
  ['a child process of Node', child],
])('an objective in %s', (_, place) => {
  it('gets the parameters and the trial, and returns results', async () => {
    const { trial } = await evaluate(place('square'));
    expect(trial.results[0]?.value).toBe((trial.params[0]?.value as number) ** 2);
    const { trial: told } = await evaluate(place('trial'));
    expect(told.results.slice(1).map(({ value }) => value)).toEqual([told.id, true]);
  });

  it('may return what JSON lacks', async () => {
    const { trial } = await evaluate(place('infinite'));
    expect(trial.results[0]?.value).toBe(Number.NEGATIVE_INFINITY);
  });

  it('ends with its answer, whatever it leaves open', async () => {
    const { trial } = await evaluate(place('leave a timer and a server open'));
    expect(trial).toMatchObject({ status: 'completed', results: [{ value: 1 }] });
  });

  it('reports values', async () => {
    const { trial } = await evaluate(place('report'));
    const expected = [1, 2, 3, 4, 5].map((i) => [10 * i, 1 / i]);
    expect(reportsOf(trial)).toEqual([...expected, [60, Number.NaN]]);
  });

  it('is ended where it reports wrongly', async () => {
    const { trial, error } = await evaluate(place('report wrongly'));
    expect(trial.status).toBe('broken');
    expect(error).toBeInstanceOf(InvalidResultError);
  });

  it('is advised to stop', async () => {
    const stopping = {
      create: () => ({ observe: () => {}, shouldStop: (all: readonly unknown[]) => all.length >= 4 }),
    };
    const { trial } = await evaluate(place('learn'), { stopping });
    expect(trial.status).toBe('completed');
    expect(reportsOf(trial).length).toBeGreaterThanOrEqual(4);
    expect(trial.results[0]?.value).toBe(reportsOf(trial).at(-1)?.[1]);
  });

  it.each(['heed', 'never', 'hang'])('is stopped when it is to stop: %s', async (deed) => {
    expect(await stopWhileAt(place(deed))).toEqual(['interrupted']);
  });

  it.each(['throw', 'exit', 'crash', 'nothing'])('breaks its trial, which is not lost: %s', async (deed) => {
    const { trial, error } = await evaluate(place(deed));
    expect(trial.status).toBe('broken');
    expect(error).toBeInstanceOf(Error);
  });
});

describe('a worker thread', () => {
  it('evaluates one trial after another, beside as many others as are asked for', async () => {
    const experiment = await open(24);
    const summary = await experiment.workOn(thread('square'), { workers: 3 });
    expect(summary.completed).toBe(24);
    const places = (await experiment.trials()).map(({ results }) => results.map(({ value }) => value));
    expect(new Set(places.map(([, id]) => id)).size).toBeLessThanOrEqual(3);
    expect(places.every(([, id, pid]) => id !== 0 && pid === process.pid)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['throw', expect.objectContaining({ name: 'RangeError', message: 'too far' })],
    ['throw a text', 'no error at all'],
    ['throw a function', expect.objectContaining({ message: expect.any(String) })],
    ['throw nothing', undefined],
    [
      'return a function',
      expect.objectContaining({ message: expect.stringContaining('could not be cloned') }),
    ],
    ['nothing', expect.any(InvalidResultError)],
  ])('hands on what its objective does wrong: %s', async (deed, expected) => {
    const { trial, error } = await evaluate(thread(deed));
    expect(trial.status).toBe('broken');
    expect(error).toEqual(expected);
  });

  it.each([
    ['exit', 'ended, with the code 0'],
    ['crash', 'out of the blue'],
    ['exhaust', 'memory'],
  ])('that dies is replaced, and its trial is broken: %s', async (deed, message) => {
    const experiment = await open(1);
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void errors.push(error);
    // As many as the experiment bears: each in a thread of its own.
    const summary = await experiment.workOn(thread(deed, { maxHeapSize: 24 }), { onError });
    expect(summary).toEqual({ completed: 0, broken: 3, reason: 'max-broken' });
    for (const error of errors) {
      expect(error).toBeInstanceOf(EvaluationFailedError);
      expect((error as Error).message).toContain(message);
      expect(errorCode(error)).toBe('evaluation-failed');
    }
  });

  it('may be killed by hand at any moment: its trial breaks, no other, and a new thread goes on', async () => {
    const threads: Worker[] = [];
    const note = (started: Worker): void => void threads.push(started);
    process.on('worker', note);
    const experiment = await open(30, 100);
    const pool = thread('square');
    const errors: unknown[] = [];
    let calls = 0;
    const executor: Executor<Params> = {
      close: () => pool.close?.(),
      run: (evaluation) => {
        const running = pool.run(evaluation);
        // The first one at least has not even started.
        if (calls++ % 5 === 0) void threads.at(-1)?.terminate();
        return running;
      },
    };
    const onError = (error: unknown): void => void errors.push(error);
    const summary = await experiment.workOn(executor, { workers: 3, onError });
    process.off('worker', note);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(Math.ceil(calls / 5));
    for (const error of errors) expect(errorCode(error)).toBe('evaluation-failed');
    expect(summary).toEqual({ completed: 30, broken: errors.length, reason: 'max-trials' });
    expect((await experiment.stats()).counts).toEqual({
      ...Object.fromEntries(trialStatuses.map((status) => [status, 0])),
      completed: 30,
      broken: errors.length,
    });
    expect(threads.length).toBeGreaterThan(3);
  });

  it('whose script is not there breaks its trial', async () => {
    const { trial, error } = await evaluate(inWorkerThread(new URL('threads/none.mjs', import.meta.url)));
    expect(trial.status).toBe('broken');
    expect(error).toBeInstanceOf(EvaluationFailedError);
    expect((error as Error).message).toContain('none.mjs');
  });

  it('that exposes no objective breaks its trial, in time', async () => {
    const silent = new URL('threads/silent.mjs', import.meta.url);
    const { trial, error } = await evaluate(inWorkerThread(silent, { startTimeout: 300 }));
    expect(trial.status).toBe('broken');
    expect((error as Error).message).toContain('exposeObjective');
  });

  it('may be stopped while it starts', async () => {
    const silent = new URL('threads/silent.mjs', import.meta.url);
    expect(await stopWhileAt(inWorkerThread(silent))).toEqual(['interrupted']);
  });

  it('tells what its objective throws when it is to stop, unless that is the reason', async () => {
    const told = async (deed: string): Promise<unknown[]> => {
      const experiment = await open(1);
      const controller = new AbortController();
      const errors: unknown[] = [];
      const working = experiment.workOn(thread(deed), {
        signal: controller.signal,
        onError: (error) => void errors.push(error),
      });
      await until(async () => (await experiment.trials()).some((trial) => reportsOf(trial).length > 0));
      controller.abort(new Error('enough'));
      await working;
      expect((await experiment.trials()).map(({ status }) => status)).toEqual(['interrupted']);
      return errors;
    };
    expect(await told('report, then heed')).toEqual([]);
    expect(await told('report, then fail at the end')).toEqual([new RangeError('too far')]);
  });

  it('is waited for, and ended, where it has more time to heed its signal than the work leaves it', async () => {
    const threads: Worker[] = [];
    const note = (started: Worker): void => void threads.push(started);
    process.on('worker', note);
    const experiment = await open(1);
    const controller = new AbortController();
    const executor = thread('report, then heed late', { terminateAfter: 20_000 });
    const working = experiment.workOn(executor, { signal: controller.signal });
    await until(async () => (await experiment.trials()).some((trial) => reportsOf(trial).length > 0));
    controller.abort();
    await working;
    process.off('worker', note);
    expect(threads.map(({ threadId }) => threadId)).toEqual([-1]);
  });

  it('refuses a time that is none', () => {
    expect(() => thread('square', { terminateAfter: Number.NaN })).toThrow("'terminateAfter'");
  });
});

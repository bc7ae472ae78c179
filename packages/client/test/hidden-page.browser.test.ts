import type { StorageProtocol, Trial } from '@trialbase/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExperimentClient, openExperiment, real } from '../src/index.js';
import { alone } from './connect.js';

const unwatched = window.Worker;
const inTime = window.setTimeout.bind(window);

/** The workers of this page that have not been ended. */
const running = new Set<Worker>();
let started = 0;

class WatchedWorker extends unwatched {
  constructor(url: string | URL) {
    super(url);
    started += 1;
    running.add(this);
  }

  override terminate(): void {
    running.delete(this);
    super.terminate();
  }
}

beforeEach(() => {
  started = 0;
  window.Worker = WatchedWorker;
  // No test can hide its page, so it slows the page's timers down as a browser would then.
  const late = (ring: () => void, milliseconds = 0): unknown => inTime(ring, 60 * milliseconds);
  window.setTimeout = late as typeof window.setTimeout;
});

afterEach(() => {
  window.setTimeout = inTime;
  window.Worker = unwatched;
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => inTime(resolve, milliseconds));
}

async function open(storage: StorageProtocol, maxTrials: number): Promise<ExperimentClient> {
  return openExperiment(storage, { name: 'e', space: { x: real(0, 1) }, maxTrials });
}

describe('in a page whose timers are slowed down', () => {
  it('a trial keeps its heartbeats, and is not taken for lost', async () => {
    const storage = await alone({ lostAfter: 400 });
    const experiment = await open(storage, 1);
    const lost: Trial[] = [];
    const objective = async (): Promise<number> => {
      for (let i = 0; i < 30; i += 1) {
        await pause(40);
        lost.push(...(await storage.fetchLostTrials(experiment.record)));
      }
      return 1;
    };
    const summary = await experiment.workOn(objective, { heartbeatInterval: 50 });
    expect(lost).toEqual([]);
    expect(summary.completed).toBe(1);
  });

  it('a worker that waits for a trial looks as often as ever', async () => {
    const experiment = await open(await alone(), 1);
    const held = (await experiment.suggest({ worker: 'other' })) as Trial;
    const waiting = experiment.workOn(() => 1, { heartbeatInterval: 50 });
    await pause(200);
    await experiment.release(held);
    const start = performance.now();
    expect((await waiting).completed).toBe(1);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('an objective that does not stop is left alone as soon as ever', async () => {
    const experiment = await open(await alone(), 1);
    const controller = new AbortController();
    const working = experiment.workOn(() => new Promise<number>(() => {}), { signal: controller.signal });
    await pause(100);
    const start = performance.now();
    controller.abort();
    expect((await working).reason).toBe('aborted');
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('all works share one worker, which ends with the last of them', async () => {
    const experiment = await open(await alone(), 3);
    const seen: number[] = [];
    const work = (milliseconds: number): Promise<unknown> =>
      experiment.workOn(
        async () => {
          await pause(milliseconds);
          seen.push(running.size);
          return 1;
        },
        { maxTrials: 1, heartbeatInterval: 10 },
      );
    await Promise.all([work(20), work(100), work(200)]);
    expect(seen).toEqual([1, 1, 1]);
    expect(started).toBe(1);
    expect(running.size).toBe(0);
  });

  it('the worker ends also where the work fails', async () => {
    const storage = await alone();
    const experiment = await open(storage, 1);
    const working = experiment.workOn(async () => {
      await storage.close();
      return 1;
    });
    await expect(working).rejects.toThrow('closed');
    expect(started).toBe(1);
    expect(running.size).toBe(0);
  });

  it('the next work starts another worker', async () => {
    const experiment = await open(await alone(), 2);
    await experiment.workOn(() => 1, { maxTrials: 1 });
    await experiment.workOn(() => 1);
    expect(started).toBe(2);
  });
});

import {
  FailedUpdateError,
  InvalidDocumentError,
  InvalidResultError,
  StorageFullError,
  type StorageProtocol,
  type Trial,
} from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import { type ExperimentClient, type Output, openExperiment, real } from '../src/index.js';
import { alone, pause, until } from './connect.js';
import { failing } from './failing-storage.js';

type Client = ExperimentClient<{ readonly x: number }>;

const heartbeatInterval = 20;
const full = new StorageFullError('There is no room left');

function open(storage: StorageProtocol): Promise<Client> {
  return openExperiment(storage, { name: 'e', space: { x: real(0, 1) }, maxTrials: 1 });
}

async function suggested(experiment: Client): Promise<Trial> {
  const trial = await experiment.suggest({ heartbeatInterval });
  if (trial) return trial;
  throw new Error('There was nothing suggested');
}

async function lastBeat(experiment: Client): Promise<number> {
  const [trial] = await experiment.trials();
  return trial?.heartbeat?.getTime() ?? 0;
}

/** Resolves once the heart of the only trial has beaten after now. */
async function beats(experiment: Client): Promise<void> {
  const before = await lastBeat(experiment);
  await until(async () => (await lastBeat(experiment)) > before);
}

/** Gives the trial to another worker, as if its holder had been taken for lost. */
async function steal(storage: StorageProtocol, trial: Trial): Promise<void> {
  await storage.updateTrial(trial, { status: 'interrupted' });
  await storage.reserveTrial({ uid: trial.experiment }, { worker: 'thief' });
}

describe('the heart of a suggested trial', () => {
  it.each<[string, unknown, new (...given: never[]) => Error]>([
    ['no results', [], InvalidResultError],
    ['a result of no type', [{ name: 'a', type: 'loss', value: 1 }], InvalidResultError],
    ['a statistic that cannot be stored', { objective: 1, statistics: { f: () => 1 } }, InvalidDocumentError],
    ['nothing', undefined, InvalidResultError],
  ])('beats on where it is told %s', async (_, output, refusal) => {
    const experiment = await open(await alone());
    const trial = await suggested(experiment);
    await expect(experiment.observe(trial, output as Output)).rejects.toThrow(refusal);
    await beats(experiment);
    expect(await experiment.observe(trial, 1)).toMatchObject({ status: 'completed' });
  });

  it('beats again once a storage works that had failed for long', async () => {
    const { storage } = await failing();
    const experiment = await open(storage);
    const trial = await suggested(experiment);
    storage.failure = full;
    await expect(experiment.observe(trial, 1)).rejects.toThrow(StorageFullError);
    await expect(experiment.release(trial)).rejects.toThrow(StorageFullError);
    await until(() => storage.refused > 10);
    storage.failure = undefined;
    await beats(experiment);
    expect(await experiment.observe(trial, 1)).toMatchObject({ status: 'completed' });
  });

  it('is still once somebody else holds the trial', async () => {
    const { storage, other } = await failing();
    const experiment = await open(storage);
    await steal(other, await suggested(experiment));
    await pause(5 * heartbeatInterval); // in which it learns that
    storage.failure = full; // counts what it is asked for
    await pause(5 * heartbeatInterval);
    expect(storage.refused).toBe(0);
  });
});

describe('the heart of a trial under evaluation', () => {
  it('beats until the results are stored, whatever is aborted meanwhile', async () => {
    const { storage, other } = await failing({ lostAfter: 400 });
    const experiment = await open(storage);
    const controller = new AbortController();
    let signal: AbortSignal | undefined;
    storage.gate = (async () => {
      await pause(1_000);
      expect(await other.fetchLostTrials(experiment.record)).toEqual([]);
      await beats(experiment);
      controller.abort();
    })();
    const summary = await experiment.workOn((evaluation) => ((signal = evaluation.signal), 1), {
      heartbeatInterval,
      signal: controller.signal,
    });
    expect(summary.completed).toBe(1);
    expect(signal?.aborted).toBe(false);
  });
});

describe('a storage that fails while an objective runs', () => {
  it('breaks no evaluation that asks for advice: what is known is enough', async () => {
    const { storage } = await failing();
    const experiment = await open(storage);
    const stopping = { create: () => ({ observe: () => {}, shouldStop: () => true }) };
    const summary = await experiment.workOn(
      async ({ report, shouldStop }) => {
        report(1);
        storage.lookFailure = full;
        const advised = await shouldStop();
        storage.lookFailure = undefined;
        return advised ? 1 : 0;
      },
      { stopping },
    );
    expect(summary).toMatchObject({ completed: 1, broken: 0 });
    expect((await experiment.best())?.results[0]?.value).toBe(1);
  });

  it('is what the objective is told, what the work ends with, and no reason to keep the trial', async () => {
    const { storage } = await failing();
    const experiment = await open(storage);
    const reasons: unknown[] = [];
    const working = experiment.workOn(
      async ({ signal }) => {
        storage.failure = full;
        await until(() => signal.aborted);
        reasons.push(signal.reason);
        storage.failure = undefined;
        return 1;
      },
      { heartbeatInterval },
    );
    await expect(working).rejects.toBe(full);
    expect(reasons).toEqual([full]);
  });

  it('has the trial back where it works again', async () => {
    const { storage } = await failing();
    const experiment = await open(storage);
    const working = experiment.workOn(
      async ({ signal }) => {
        signal.addEventListener('abort', () => (storage.failure = undefined));
        storage.failure = full;
        return new Promise<number>(() => {});
      },
      { heartbeatInterval },
    );
    await expect(working).rejects.toBe(full);
    expect((await experiment.trials()).map(({ status }) => status)).toEqual(['interrupted']);
  });

  it('is the cause where the trial is lost because of that', async () => {
    const { storage, other } = await failing();
    const experiment = await open(storage);
    let reason: unknown;
    await experiment.workOn(
      async ({ trial, signal }) => {
        storage.failure = full;
        await until(() => storage.refused > 0);
        await steal(other, trial);
        storage.failure = undefined;
        await until(() => signal.aborted);
        reason = signal.reason;
        return 1;
      },
      { heartbeatInterval, idleTimeout: 0 },
    );
    expect(reason).toBeInstanceOf(FailedUpdateError);
    expect(reason).toMatchObject({ cause: full });
  });
});

describe('what an objective throws that was told to stop', () => {
  const fault = new TypeError('no such tensor');

  /** What is told of an objective that was told to stop for a reason, and then threw. */
  async function told(reason: unknown, thrown: unknown): Promise<[unknown, string][]> {
    const experiment = await open(await alone());
    const controller = new AbortController();
    const seen: [unknown, string][] = [];
    const summary = await experiment.workOn(
      async () => {
        controller.abort(reason);
        await pause(1);
        throw thrown;
      },
      { signal: controller.signal, onError: (error, { status }) => void seen.push([error, status]) },
    );
    expect(summary).toEqual({ completed: 0, broken: 0, reason: 'aborted' });
    expect((await experiment.trials()).map(({ status }) => status)).toEqual(['interrupted']);
    return seen;
  }

  it('is told where it is an error of its own, and the trial waits all the same', async () => {
    expect(await told(new Error('enough'), fault)).toEqual([[fault, 'interrupted']]);
    expect(await told('enough', undefined)).toEqual([[undefined, 'interrupted']]);
  });

  it('is no news where it is the reason, or what platforms make of it', async () => {
    const reason = new Error('enough');
    for (const thrown of [
      reason,
      new DOMException('The operation was aborted', 'AbortError'),
      new Error('stopped', { cause: reason }),
    ])
      expect(await told(reason, thrown)).toEqual([]);
    expect(await told('enough', 'enough')).toEqual([]);
  });

  it('ends the work where onError throws it', async () => {
    const experiment = await open(await alone());
    const controller = new AbortController();
    const working = experiment.workOn(
      async () => {
        controller.abort();
        throw fault;
      },
      {
        signal: controller.signal,
        onError: (error) => {
          throw error;
        },
      },
    );
    await expect(working).rejects.toBe(fault);
    expect((await experiment.trials()).map(({ status }) => status)).toEqual(['interrupted']);
  });

  it('is told where the trial has gone to another worker, noticed or not', async () => {
    for (const notices of [true, false]) {
      const storage = await alone();
      const experiment = await open(storage);
      const seen: unknown[] = [];
      const summary = await experiment.workOn(
        async ({ trial, signal }) => {
          await steal(storage, trial);
          if (notices) await until(() => signal.aborted);
          throw fault;
        },
        {
          heartbeatInterval: notices ? heartbeatInterval : 10_000,
          idleTimeout: 0,
          onError: (error) => void seen.push(error),
        },
      );
      expect(summary).toMatchObject({ completed: 0, broken: 0 });
      expect(seen).toEqual([fault]);
      expect(await experiment.trials()).toMatchObject([{ status: 'reserved', worker: 'thief' }]);
    }
  });

  it('is told however late it comes, after the work is over', async () => {
    const experiment = await open(await alone());
    const controller = new AbortController();
    const seen: [unknown, string][] = [];
    let fail: (error: unknown) => void = () => {};
    const summary = await experiment.workOn(
      () => {
        controller.abort();
        return new Promise((_, reject) => (fail = reject));
      },
      { signal: controller.signal, onError: (error, { status }) => void seen.push([error, status]) },
    );
    expect(summary.reason).toBe('aborted');
    expect(seen).toEqual([]);
    fail(fault);
    await until(() => seen.length > 0);
    expect(seen).toEqual([[fault, 'interrupted']]);
  });

  it('is no news, however late, where it is the reason', async () => {
    const experiment = await open(await alone());
    const controller = new AbortController();
    const seen: unknown[] = [];
    let heed: () => void = () => {};
    await experiment.workOn(
      ({ signal }) => {
        controller.abort();
        return new Promise((_, reject) => (heed = () => reject(signal.reason)));
      },
      { signal: controller.signal, onError: (error) => void seen.push(error) },
    );
    heed();
    await pause(50);
    expect(seen).toEqual([]);
  });

  it('is told where the storage failed', async () => {
    const { storage } = await failing();
    const experiment = await open(storage);
    const seen: unknown[] = [];
    const working = experiment.workOn(
      async ({ signal }) => {
        storage.failure = full;
        await until(() => signal.aborted);
        throw fault;
      },
      { heartbeatInterval, onError: (error) => void seen.push(error) },
    );
    await expect(working).rejects.toBe(full);
    expect(seen).toEqual([fault]);
  });
});

import {
  FailedUpdateError,
  InvalidConfigurationError,
  StorageClosedError,
  type StorageProtocol,
  type Trial,
} from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import {
  type AlgorithmDefinition,
  type AnyParams,
  type ExperimentClient,
  integer,
  openExperiment,
  randomSearch,
  real,
} from '../src/index.js';
import { alone, pause, shared, until } from './connect.js';

const space = { x: real(0, 1) };
/** A worker is taken for lost after 400 ms without a heartbeat; the beats come every 20 ms. */
const quick = { lostAfter: 400 };
const heartbeatInterval = 20;

async function statuses(experiment: Pick<ExperimentClient, 'trials'>): Promise<string[]> {
  return (await experiment.trials()).map(({ status }) => status);
}

describe('what breaks a trial', () => {
  it('is told on the console where nobody else is told', async () => {
    const experiment = await openExperiment(await alone(), { name: 'e', space, maxTrials: 1, maxBroken: 1 });
    const fault = new TypeError('no such tensor');
    const printed: unknown[][] = [];
    const { error } = console;
    console.error = (...words) => void printed.push(words);
    try {
      await experiment.workOn(() => Promise.reject(fault));
    } finally {
      console.error = error;
    }
    const [trial] = await experiment.trials();
    expect(printed).toEqual([[`The evaluation of trial ${trial?.id} failed:`, fault]]);
  });

  it.each([[undefined], [null], [5], [Promise.resolve(1)], [{ run: 1 }]])(
    'is not %s given for an objective: that is refused before a trial is begun',
    async (work) => {
      const experiment = await openExperiment(await alone(), { name: 'e', space, maxTrials: 1 });
      await expect(experiment.workOn(work as never)).rejects.toThrow(InvalidConfigurationError);
      expect(await experiment.trials()).toEqual([]);
    },
  );
});

describe('several workers', () => {
  it('complete exactly the trials that are needed, each of them once', async () => {
    const connect = shared();
    const evaluated: string[] = [];
    const workers = Array.from({ length: 8 }, async (_, i) => {
      const described = { name: 'e', space, algorithm: randomSearch({ seed: 1 }), maxTrials: 30 };
      const experiment = await openExperiment(await connect(), described);
      return experiment.workOn(
        async ({ params, trial }) => {
          evaluated.push(trial.id);
          await pause(Math.random() * 5);
          return params.x;
        },
        { worker: `w${i}`, heartbeatInterval },
      );
    });
    const summaries = await Promise.all(workers);
    expect(summaries.reduce((sum, { completed }) => sum + completed, 0)).toBe(30);
    expect(new Set(summaries.map(({ reason }) => reason))).toEqual(new Set(['max-trials']));
    expect(evaluated).toHaveLength(30);
    expect(new Set(evaluated).size).toBe(30);
    const experiment = await openExperiment(await connect(), { name: 'e' });
    expect(await statuses(experiment)).toEqual(Array.from({ length: 30 }, () => 'completed'));
  });

  it('may share one handle', async () => {
    const described = { name: 'e', space, algorithm: randomSearch(), maxTrials: 20 };
    const experiment = await openExperiment(await alone(), described);
    const work = (): Promise<{ completed: number }> =>
      experiment.workOn(async ({ params }) => (await pause(1), params.x), { heartbeatInterval });
    const summaries = await Promise.all([work(), work(), work()]);
    expect(summaries.reduce((sum, { completed }) => sum + completed, 0)).toBe(20);
    expect(await experiment.trials()).toHaveLength(20);
  });

  it('start no more than are needed, also where more are waiting', async () => {
    const connect = shared();
    const first = await openExperiment(await connect(), {
      name: 'e',
      space: { n: integer(1, 20) },
      maxTrials: 3,
    });
    for (let n = 1; n <= 10; n += 1) await first.insert({ n });
    let started = 0;
    const work = async (): Promise<unknown> => {
      const experiment = await openExperiment(await connect(), { name: 'e' });
      return experiment.workOn(
        async () => {
          started += 1;
          await pause(30);
          return 1;
        },
        { heartbeatInterval },
      );
    };
    await Promise.all(Array.from({ length: 6 }, work));
    expect(started).toBe(3);
    expect((await first.stats()).counts).toMatchObject({ completed: 3, reserved: 0 });
  });

  it('do not touch waiting trials that are not needed, as long as others are at work on enough', async () => {
    const experiment = await openExperiment(await alone(), { name: 'e', space, maxTrials: 1 });
    await experiment.suggest({ worker: 'other' });
    for (const x of [0.1, 0.2]) await experiment.insert({ x });
    expect((await experiment.workOn(() => 1, { idleTimeout: 50 })).reason).toBe('idle');
    expect(await statuses(experiment)).toEqual(['reserved', 'new', 'new']);
  });

  it('suggest nothing where a trial has come in while they waited for their turn', async () => {
    const storage = await alone();
    const experiment = await openExperiment(storage, { name: 'e', space, maxTrials: 1 });
    const { working } = await storage.acquireAlgorithmLock(experiment.record, async () => {
      const started = experiment.workOn(() => 1);
      await pause(30);
      await experiment.insert({ x: 0.5 });
      return { working: started };
    });
    expect((await working).completed).toBe(1);
    expect(await statuses(experiment)).toEqual(['completed']);
  });

  it('wait for the last trials of others, and take over what breaks there', async () => {
    const connect = shared();
    const open = async (): Promise<ExperimentClient<{ readonly x: number }>> =>
      openExperiment(await connect(), { name: 'e', space, maxTrials: 1 });
    const failing = (await open()).workOn(
      async () => {
        await pause(60);
        throw new Error('fault');
      },
      { heartbeatInterval, maxBroken: 1 },
    );
    await pause(20);
    const waiting = (await open()).workOn(() => 1, { heartbeatInterval });
    expect(await failing).toEqual({ completed: 0, broken: 1, reason: 'max-broken' });
    expect(await waiting).toEqual({ completed: 1, broken: 0, reason: 'max-trials' });
  });

  it('give up waiting after the idle timeout', async () => {
    const experiment = await openExperiment(await alone(), { name: 'e', space, maxTrials: 1 });
    await experiment.suggest({ worker: 'other' });
    const start = performance.now();
    const summary = await experiment.workOn(() => 1, { heartbeatInterval, idleTimeout: 100 });
    expect(summary).toEqual({ completed: 0, broken: 0, reason: 'idle' });
    expect(performance.now() - start).toBeGreaterThanOrEqual(100);
  });
});

describe('a worker that dies', () => {
  it('leaves its trial to another one', async () => {
    const storage = await alone(quick);
    const experiment = await openExperiment(storage, { name: 'e', space, maxTrials: 1 });
    const dead = await experiment.suggest({ worker: 'dead' });
    const seen: Trial[] = [];
    const summary = await experiment.workOn(({ trial }) => seen.push(trial), {
      worker: 'alive',
      heartbeatInterval,
    });
    expect(summary.completed).toBe(1);
    expect(seen).toMatchObject([{ id: dead?.id, worker: 'alive' }]);
  });

  it('goes on with its trial when it comes back under its name', async () => {
    const experiment = await openExperiment(await alone(), { name: 'e', space, maxTrials: 1 });
    const before = await experiment.suggest({ worker: 'page' });
    const seen: string[] = [];
    const summary = await experiment.workOn(({ trial }) => seen.push(trial.id), {
      worker: 'page',
      heartbeatInterval,
    });
    expect(summary).toEqual({ completed: 1, broken: 0, reason: 'max-trials' });
    expect(seen).toEqual([before?.id]);
  });

  it('is not taken for dead while its objective runs longer than that takes', async () => {
    const connect = shared(quick);
    const work = async (): Promise<number> => {
      const experiment = await openExperiment(await connect(), { name: 'e', space, maxTrials: 2 });
      const summary = await experiment.workOn(async () => (await pause(1_000), 1), { heartbeatInterval });
      return summary.completed;
    };
    expect(await Promise.all([work(), work()])).toEqual([1, 1]);
  });
});

describe('a worker whose reservation has gone', () => {
  /** Gives the trial to another worker while it is evaluated, as if its holder had been taken for lost. */
  async function steal(storage: StorageProtocol, trial: Trial): Promise<Trial | undefined> {
    await storage.setTrialStatus(trial, 'interrupted');
    return storage.reserveTrial({ uid: trial.experiment }, { worker: `thief of ${trial.id}` });
  }

  it('has its signal aborted with the reason, stores nothing, and goes on with the next trial', async () => {
    const storage = await alone();
    const experiment = await openExperiment(storage, { name: 'e', space, maxTrials: 2 });
    let reason: unknown;
    let stolen: Trial | undefined;
    const summary = await experiment.workOn(
      async ({ trial, signal }) => {
        if (stolen) return 1;
        stolen = await steal(storage, trial);
        await until(() => signal.aborted);
        reason = signal.reason;
        return 99;
      },
      { worker: 'robbed', heartbeatInterval, maxTrials: 1 },
    );
    expect(summary).toEqual({ completed: 1, broken: 0, reason: 'max-trials' });
    expect(reason).toBeInstanceOf(FailedUpdateError);
    expect(await storage.getTrial(stolen as Trial)).toMatchObject({
      status: 'reserved',

      results: [],
    });
  });

  it('does not overwrite what the new holder has, where it ends before it notices', async () => {
    const storage = await alone();
    const experiment = await openExperiment(storage, { name: 'e', space, maxTrials: 9 });
    for (const [i, end] of [() => 99, () => Promise.reject(new Error('fault'))].entries()) {
      let stolen: Trial | undefined;
      const summary = await experiment.workOn(
        async ({ trial }) => {
          if (stolen) return 1;
          stolen = await steal(storage, trial);
          return end();
        },
        { worker: `robbed ${i}`, maxTrials: 1, idleTimeout: 0 },
      );
      expect(summary.broken).toBe(0);
      expect(await storage.getTrial(stolen as Trial)).toMatchObject({
        status: 'reserved',

        results: [],
      });
    }
  });

  it('may be told to stop at the same moment', async () => {
    const storage = await alone();
    const experiment = await openExperiment(storage, { name: 'e', space, maxTrials: 2 });
    const controller = new AbortController();
    const working = experiment.workOn(
      async ({ trial }) => {
        await steal(storage, trial);
        controller.abort();
        return new Promise<number>(() => {});
      },
      { signal: controller.signal },
    );
    expect(await working).toEqual({ completed: 0, broken: 0, reason: 'aborted' });
    expect(await statuses(experiment)).toEqual(['reserved']);
  });

  it('does not wait for an objective that goes on all the same', async () => {
    const storage = await alone();
    const experiment = await openExperiment(storage, { name: 'e', space, maxTrials: 2 });
    let first = true;
    const working = experiment.workOn(
      async ({ trial }) => {
        if (!first) return 1;
        first = false;
        await steal(storage, trial);
        return new Promise<number>(() => {});
      },
      { worker: 'robbed', heartbeatInterval, maxTrials: 1 },
    );
    expect((await working).completed).toBe(1);
  });
});

describe('a worker that is told to stop', () => {
  it('interrupts its trial at once and resolves, when the objective heeds its signal', async () => {
    const experiment = await openExperiment(await alone(), { name: 'e', space, maxTrials: 5 });
    const controller = new AbortController();
    let reason: unknown;
    const working = experiment.workOn(
      ({ signal }) =>
        new Promise<number>((_, reject) => {
          signal.addEventListener('abort', () => {
            reason = signal.reason;
            reject(signal.reason);
          });
        }),
      { heartbeatInterval, signal: controller.signal },
    );
    await until(async () => (await statuses(experiment)).includes('reserved'));
    controller.abort(new Error('enough'));
    expect(await working).toEqual({ completed: 0, broken: 0, reason: 'aborted' });
    expect(reason).toEqual(new Error('enough'));
    expect(await statuses(experiment)).toEqual(['interrupted']);
  });

  it('interrupts its trial and resolves within a second, when the objective does not react', async () => {
    const experiment = await openExperiment(await alone(), { name: 'e', space, maxTrials: 5 });
    const controller = new AbortController();
    const working = experiment.workOn(() => new Promise<number>(() => {}), {
      heartbeatInterval,
      signal: controller.signal,
    });
    await until(async () => (await statuses(experiment)).includes('reserved'));
    const start = performance.now();
    controller.abort();
    await until(async () => (await statuses(experiment)).includes('interrupted'));
    expect(await working).toEqual({ completed: 0, broken: 0, reason: 'aborted' });
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('leaves a trial that another worker can take up', async () => {
    const experiment = await openExperiment(await alone(), { name: 'e', space, maxTrials: 1 });
    const controller = new AbortController();
    let interrupted: string | undefined;
    await experiment.workOn(
      ({ trial }) => {
        interrupted = trial.id;
        controller.abort();
        return pause(50).then(() => 1);
      },
      { signal: controller.signal },
    );
    const seen: string[] = [];
    await experiment.workOn(({ trial }) => seen.push(trial.id));
    expect(seen).toEqual([interrupted]);
  });

  it('does nothing at all where it is told so before it begins', async () => {
    const experiment = await openExperiment(await alone(), { name: 'e', space, maxTrials: 5 });
    const summary = await experiment.workOn(() => 1, { signal: AbortSignal.abort() });
    expect(summary).toEqual({ completed: 0, broken: 0, reason: 'aborted' });
    expect(await experiment.trials()).toEqual([]);
  });

  it('stops waiting for others at once', async () => {
    const experiment = await openExperiment(await alone(), { name: 'e', space, maxTrials: 1 });
    await experiment.suggest({ worker: 'other' });
    const controller = new AbortController();
    const working = experiment.workOn(() => 1, { signal: controller.signal });
    await pause(30);
    const start = performance.now();
    controller.abort();
    expect((await working).reason).toBe('aborted');
    expect(performance.now() - start).toBeLessThan(900); // it looks again each second
  });

  it('stops waiting for the algorithm lock at once', async () => {
    const storage = await alone();
    const experiment = await openExperiment(storage, { name: 'e', space, maxTrials: 1 });
    const controller = new AbortController();
    await storage.acquireAlgorithmLock(experiment.record, async () => {
      const working = experiment.workOn(() => 1, { signal: controller.signal });
      await pause(30);
      controller.abort();
      expect((await working).reason).toBe('aborted');
    });
  });
});

describe('a storage that fails', () => {
  it('ends the work with its own error, also while an objective runs', async () => {
    const connect = shared();
    const storage = await connect();
    const experiment = await openExperiment(storage, { name: 'e', space, maxTrials: 1 });
    let aborted = false;
    const working = experiment.workOn(
      async ({ signal }) => {
        await storage.close();
        await until(() => signal.aborted);
        aborted = true;
        return 1;
      },
      { heartbeatInterval },
    );
    await expect(working).rejects.toThrow(StorageClosedError);
    expect(aborted).toBe(true);
  });
});

describe('an algorithm that learns', () => {
  /** Suggests 1, 2, 3 …, and notes what it is told. */
  function counting(told: (number | undefined)[][]): AlgorithmDefinition {
    return {
      configuration: { counting: {} },
      create: () => {
        let next = 0;
        return {
          needsObservations: true,
          suggest: (count): AnyParams[] => Array.from({ length: count }, () => ({ n: (next += 1) })),
          observe: (trials) =>
            void told.push(trials.map(({ results }) => results[0]?.value as number | undefined)),
          state: () => next,
          setState: (state) => void (next = state as number),
        };
      },
    };
  }

  it('is told of each completed trial once, in every worker', async () => {
    const connect = shared();
    const tellings: number[][][] = [[], []];
    for (const [i, telling] of tellings.entries()) {
      const experiment = await openExperiment(await connect(), {
        name: 'e',
        space: { n: integer(1, 100) },
        algorithm: counting(telling),
        maxTrials: 3 * (i + 1),
      });
      await experiment.workOn(({ params }) => params.n);
    }
    expect(tellings).toEqual([
      [[], [1], [2]],
      [[1, 2, 3], [4], [5]],
    ]);
  });

  it('goes on from the shared state, and is told of broken trials too', async () => {
    const telling: (number | undefined)[][] = [];
    const storage = await alone();
    const experiment = await openExperiment(storage, {
      name: 'e',
      space: { n: integer(1, 100) },
      algorithm: counting(telling),
      maxTrials: 2,
    });
    await experiment.workOn(({ params }) => {
      if (params.n === 1) throw new Error('fault');
      return params.n;
    });
    expect(telling).toEqual([[], [undefined], [2]]);
    expect((await storage.getAlgorithmLockInfo(experiment.record))?.state).toBe(3);
  });

  it('is told which trials are under way, also those that it has just suggested', async () => {
    const seen: number[][] = [];
    const oneAtATime: AlgorithmDefinition = {
      configuration: { oneAtATime: {} },
      create: () => ({
        needsObservations: false,
        suggest: (_, pending): AnyParams[] => {
          const values = pending.map(({ params }) => params[0]?.value as number);
          seen.push(values);
          return [{ n: Math.max(0, ...values) + 1 }];
        },
        observe: () => {},
        state: () => null,
        setState: () => {},
      }),
    };
    const options = { name: 'e', space: { n: integer(1, 9) }, algorithm: oneAtATime };
    const experiment = await openExperiment(await alone(), options);
    const trial = await experiment.suggest({ worker: 'a', poolSize: 2 });
    await experiment.suggest({ worker: 'b' });
    await experiment.suggest({ worker: 'c' });
    expect(seen).toEqual([[], [1], [1, 2]]);
    await experiment.observe(trial as Trial, 0);
    await experiment.suggest({ worker: 'd' });
    expect(seen.at(-1)).toEqual([2, 3]);
  });

  it('may have nothing to suggest before others are done, and is then asked again', async () => {
    let suggested = 0;
    const oneByOne: AlgorithmDefinition = {
      configuration: { oneByOne: {} },
      create: () => {
        let finished = 0;
        return {
          needsObservations: true,
          suggest: (): AnyParams[] =>
            suggested > finished || suggested === 3 ? [] : [{ n: (suggested += 1) }],
          observe: (trials) => void (finished += trials.length),
          state: () => null,
          setState: () => {},
        };
      },
    };
    const experiment = await openExperiment(await alone(), {
      name: 'e',
      space: { n: integer(1, 9) },
      algorithm: oneByOne,
    });
    const work = async (): Promise<[string, string[]]> => {
      const { reason } = await experiment.workOn(async ({ params }) => (await pause(40), params.n), {
        heartbeatInterval,
      });
      return [reason, await statuses(experiment)];
    };
    const end = ['exhausted', ['completed', 'completed', 'completed']];
    expect(await Promise.all([work(), work()])).toEqual([end, end]);
  });

  it('is random search where it is told nothing', () => {
    expect(randomSearch().create([]).needsObservations).toBe(false);
  });
});

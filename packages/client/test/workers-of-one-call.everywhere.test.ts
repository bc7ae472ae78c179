import { describe, expect, it } from 'vitest';
import {
  type AlgorithmDefinition,
  type Executor,
  type ExperimentClient,
  integer,
  openExperiment,
  randomSearch,
  type WorkOptions,
} from '../src/index.js';
import { alone, pause, until } from './connect.js';

type Params = { readonly n: number };

async function open(maxTrials: number): Promise<ExperimentClient<Params>> {
  const space = { n: integer(1, 1_000) };
  return openExperiment(await alone(), { name: 'e', space, algorithm: randomSearch(), maxTrials });
}

/** Suggests nothing while a trial is under way, and so many altogether. */
function oneAtATime(most: number): AlgorithmDefinition {
  return {
    configuration: { oneAtATime: {} },
    create: () => {
      let suggested = 0;
      return {
        needsObservations: false,
        suggest: (_, pending) => (pending.length > 0 || suggested === most ? [] : [{ n: (suggested += 1) }]),
        observe: () => {},
        state: () => suggested,
        setState: (state) => void (suggested = state as number),
      };
    },
  };
}

describe('several workers of one call', () => {
  it('evaluate as many trials at once, together exactly those needed, each by a worker of its own', async () => {
    const experiment = await open(40);
    let running = 0;
    let most = 0;
    const summary = await experiment.workOn(
      async ({ params }) => {
        running += 1;
        most = Math.max(most, running);
        await pause(3);
        running -= 1;
        return params.n;
      },
      { workers: 8, worker: 'w' },
    );
    expect(summary).toEqual({ completed: 40, broken: 0, reason: 'max-trials' });
    expect(most).toBe(8);
    const trials = await experiment.trials();
    expect(trials).toHaveLength(40);
    expect(new Set(trials.map(({ worker }) => worker))).toEqual(
      new Set(Array.from({ length: 8 }, (_, i) => `w-${i + 1}`)),
    );
  });

  it('may be more than are needed: the others wait, and end with the last trial', async () => {
    const experiment = await open(3);
    let started = 0;
    const summary = await experiment.workOn(
      async () => {
        started += 1;
        await pause(30);
        return 1;
      },
      { workers: 8 },
    );
    expect(summary).toEqual({ completed: 3, broken: 0, reason: 'max-trials' });
    expect(started).toBe(3);
  });

  it('together keep to the limits of the call', async () => {
    const experiment = await open(40);
    const options: WorkOptions = { workers: 4, maxTrials: 6 };
    expect(await experiment.workOn(() => pause(5).then(() => 1), options)).toEqual({
      completed: 6,
      broken: 0,
      reason: 'max-trials',
    });
    expect(await experiment.trials()).toHaveLength(6);
  });

  it('take over the place of one whose trial broke', async () => {
    const experiment = await open(40);
    let calls = 0;
    const summary = await experiment.workOn(
      async () => {
        calls += 1;
        if (calls === 1) {
          await pause(50);
          throw new Error('fault');
        }
        return 1;
      },
      { workers: 2, maxTrials: 3 },
    );
    expect(summary).toEqual({ completed: 3, broken: 1, reason: 'max-trials' });
  });

  it('all stop where one fails, with its error, and give their trials back', async () => {
    const experiment = await open(40);
    let running = 0;
    const working = experiment.workOn(
      async ({ signal }) => {
        running += 1;
        if (running < 4)
          return new Promise<number>((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
          });
        throw new Error('fault');
      },
      {
        workers: 4,
        onError: () => {
          throw new Error('no more');
        },
      },
    );
    await expect(working).rejects.toThrow('no more');
    const statuses = (await experiment.trials()).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(['broken', 'interrupted', 'interrupted', 'interrupted']);
  });

  it('stop also where what is told of an error fails later on', async () => {
    const experiment = await open(40);
    let calls = 0;
    const working = experiment.workOn(
      async () => {
        calls += 1;
        if (calls === 1) throw new Error('fault');
        return 1;
      },
      { onError: () => pause(20).then(() => Promise.reject(new Error('no more'))), maxTrials: 30 },
    );
    await expect(working).rejects.toThrow('no more');
    // Nothing was begun before it had been told.
    expect(calls).toBe(1);
  });

  it('are woken by the end of a trial, where they wait for what comes of it', async () => {
    const space = { n: integer(1, 1_000) };
    const experiment = await openExperiment(await alone(), { name: 'e', space, algorithm: oneAtATime(12) });
    let begun = 0;
    const started = performance.now();
    const objective = async (): Promise<number> => {
      begun += 1;
      await pause(50); // meanwhile the other one begins to wait
      return begun;
    };
    const { completed } = await experiment.workOn(objective, {
      workers: 2,
      // Whoever ended a trial leaves the next one to the other.
      onTrial: async () => {
        const before = begun;
        await until(() => begun > before || before === 12);
      },
    });
    expect(completed).toBe(12);
    // By themselves they look again once a second.
    expect(performance.now() - started).toBeLessThan(9_000);
  });

  it('close their executor once, when all is over, also where the work fails', async () => {
    const experiment = await open(6);
    const calls: string[] = [];
    const executor: Executor<Params> = {
      run: async () => (calls.push('run'), 1),
      close: async () => void calls.push('close'),
    };
    await experiment.workOn(executor, { workers: 2, maxTrials: 2 });
    expect(calls).toEqual(['run', 'run', 'close']);
    const fail = (): never => {
      throw new Error('no more');
    };
    await expect(experiment.workOn(executor, { onTrial: fail })).rejects.toThrow('no more');
    expect(calls).toEqual(['run', 'run', 'close', 'run', 'close']);
  });

  it('all stop at the signal', async () => {
    const experiment = await open(40);
    const controller = new AbortController();
    const working = experiment.workOn(() => new Promise<number>(() => {}), {
      workers: 8,
      signal: controller.signal,
    });
    const statuses = async (): Promise<string[]> => (await experiment.trials()).map(({ status }) => status);
    await until(async () => (await statuses()).filter((status) => status === 'reserved').length === 8);
    controller.abort();
    expect(await working).toEqual({ completed: 0, broken: 0, reason: 'aborted' });
    expect(await statuses()).toEqual(Array.from({ length: 8 }, () => 'interrupted'));
  });

  it('end together where they have nothing to do for too long', async () => {
    const experiment = await open(1);
    await experiment.suggest({ worker: 'other' });
    const summary = await experiment.workOn(() => 1, { workers: 3, idleTimeout: 30 });
    expect(summary).toEqual({ completed: 0, broken: 0, reason: 'idle' });
  });

  it.each([0, 1.5, -1, Number.POSITIVE_INFINITY])('are not %s', async (workers) => {
    const experiment = await open(1);
    await expect(experiment.workOn(() => 1, { workers })).rejects.toThrow("The option 'workers' of workOn");
  });

  it.each([0, 1, 2, 3, 5, 8, 13, 21, 34])(
    'leave nothing behind that is held, when stopped after %s milliseconds',
    async (milliseconds) => {
      const experiment = await open(1_000);
      const controller = new AbortController();
      const working = experiment.workOn(() => pause(2).then(() => 1), {
        workers: 4,
        poolSize: 3,
        signal: controller.signal,
      });
      await pause(milliseconds);
      controller.abort();
      const { completed, reason } = await working;
      const { counts } = await experiment.stats();
      expect(reason).toBe('aborted');
      expect(counts).toMatchObject({ completed, reserved: 0, broken: 0 });
    },
  );
});

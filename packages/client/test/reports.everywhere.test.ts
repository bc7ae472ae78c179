import {
  DocumentStorage,
  FailedUpdateError,
  InvalidResultError,
  openMemory,
  type StorageProtocol,
  type Trial,
} from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import {
  type Evaluation,
  type ExperimentClient,
  integer,
  type Objective,
  openExperiment,
  type Report,
  reportsOf,
  type StoppingRule,
  type WorkOptions,
} from '../src/index.js';
import { alone, pause, shared, until } from './connect.js';

type Params = { readonly n: number };

async function open(storage: StorageProtocol, maxTrials = 1): Promise<ExperimentClient<Params>> {
  return openExperiment(storage, { name: 'e', space: { n: integer(1, 100) }, maxTrials });
}

/** The trials after an objective has worked on them. */
async function work(objective: Objective<Params>, options: WorkOptions = {}): Promise<Trial[]> {
  const experiment = await open(await alone());
  await experiment.workOn(objective, { maxBroken: 1, ...options });
  return experiment.trials();
}

/** Advises to stop as soon as `value` was reported. */
function stopAt(value: number): StoppingRule {
  return { create: () => ({ observe: () => {}, shouldStop: (all) => Object.is(all.at(-1)?.[1], value) }) };
}

/** Notes when results were pushed. */
class RecordingStorage extends DocumentStorage {
  readonly pushes: number[] = [];

  override pushTrialResults(...call: Parameters<DocumentStorage['pushTrialResults']>): Promise<Trial> {
    this.pushes.push(performance.now());
    return super.pushTrialResults(...call);
  }
}

describe('a report', () => {
  it('stays with the results of the trial, beside the objective', async () => {
    const [trial] = await work(({ report }) => {
      report(0.5);
      report(0.25);
      report(0.125, { step: 10 });
      report(Number.NaN);
      return { objective: 0.1, statistics: { accuracy: 0.9 } };
    });
    expect(trial?.results).toEqual([
      { name: 'objective', type: 'objective', value: 0.1 },
      { name: 'accuracy', type: 'statistic', value: 0.9 },
      {
        name: 'reports',
        type: 'statistic',
        value: [
          [1, 0.5],
          [2, 0.25],
          [10, 0.125],
          [11, Number.NaN],
        ],
      },
    ]);
    expect(trial && reportsOf(trial)).toHaveLength(4);
  });

  it('is seen by those who watch, while the evaluation goes on', async () => {
    const connect = shared();
    const experiment = await open(await connect());
    const other = await connect();
    const watching = new AbortController();
    const seen: (readonly Report[])[] = [];
    let watched: readonly Report[] = [];
    const working = experiment.workOn(async ({ report }) => {
      for (const value of [3, 2, 1]) {
        report(value);
        await until(() => watched.at(-1)?.[1] === value);
      }
      return 0;
    });
    for await (const changes of other.watchTrials(experiment.record, { signal: watching.signal })) {
      for (const change of changes) {
        if (change.kind === 'removed') continue;
        watched = reportsOf(change.trial);
        if (watched.length > 0) seen.push(watched);
        if (change.trial.status === 'completed') watching.abort();
      }
    }
    await working;
    expect(seen.map((reports) => reports.length)).toEqual([1, 2, 3, 3]);
  });

  it('is written together with others, five times a second at most', async () => {
    const storage = new RecordingStorage(await openMemory());
    const experiment = await open(storage);
    let count = 0;
    await experiment.workOn(async ({ report }) => {
      for (; storage.pushes.length < 4; count += 1) {
        report(count);
        await pause(1);
      }
      return 0;
    });
    // A busy machine makes the pauses longer, never shorter. The last write is that of the results.
    const pauses = storage.pushes.slice(1, 4).map((time, i) => time - (storage.pushes[i] as number));
    expect(Math.min(...pauses)).toBeGreaterThan(190);
    const [trial] = await experiment.trials();
    expect(trial && reportsOf(trial)).toHaveLength(count);
  });

  it('is thinned out where there are very many: the first and the last stay', async () => {
    const [trial] = await work(({ report }) => {
      for (let i = 1; i <= 25_000; i += 1) report(i);
      return 0;
    });
    const reports = trial ? reportsOf(trial) : [];
    expect(reports.length).toBeLessThanOrEqual(10_000);
    expect(reports.length).toBeGreaterThan(5_000);
    expect([reports[0], reports.at(-1)]).toEqual([
      [1, 1],
      [25_000, 25_000],
    ]);
    expect(reports.every(([step], i) => i === 0 || step > (reports[i - 1]?.[0] ?? 0))).toBe(true);
  });

  it('of a trial that broke is kept, to look at', async () => {
    const [trial] = await work(({ report }) => {
      report(1);
      report(2);
      throw new Error('fault');
    });
    expect(trial?.status).toBe('broken');
    expect(trial && reportsOf(trial)).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('of an evaluation that was interrupted is kept until the next one reports', async () => {
    const experiment = await open(await alone());
    const controller = new AbortController();
    await experiment.workOn(
      ({ report }) => {
        report(1);
        report(2);
        controller.abort();
        return new Promise<number>(() => {});
      },
      { signal: controller.signal },
    );
    const [interrupted] = await experiment.trials();
    expect(interrupted?.status).toBe('interrupted');
    expect(interrupted && reportsOf(interrupted)).toEqual([
      [1, 1],
      [2, 2],
    ]);
    await experiment.workOn(({ report }) => (report(9), 1));
    const [completed] = await experiment.trials();
    expect(completed && reportsOf(completed)).toEqual([[1, 9]]);
  });

  it.each<[string, (evaluation: Evaluation<Params>) => void]>([
    ['of a text', ({ report }) => report('low' as never)],
    ['of nothing', ({ report }) => report(undefined as never)],
    ['at a step that does not rise', ({ report }) => [3, 3].forEach((step) => report(1, { step }))],
    ['at a step that is not finite', ({ report }) => report(1, { step: Number.NaN })],
  ])('%s breaks the trial, and says why', async (_, misuse) => {
    const errors: unknown[] = [];
    const [trial] = await work(
      (evaluation) => {
        misuse(evaluation);
        return 1;
      },
      { onError: (error) => void errors.push(error) },
    );
    expect(trial?.status).toBe('broken');
    expect(errors).toEqual([expect.any(InvalidResultError)]);
  });

  it('keeps its name for itself', async () => {
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void errors.push(error);
    const statistics = { reports: [1, 2] };
    await work(({ report }) => (report(1), { objective: 1, statistics }), { onError });
    expect(errors).toEqual([expect.any(InvalidResultError)]);
    const [trial] = await work(() => ({ objective: 1, statistics }));
    expect(trial?.status).toBe('completed');
    expect(trial && reportsOf(trial)).toEqual([]);
  });

  it('is refused once the trial has gone to another worker', async () => {
    const storage = await alone();
    const experiment = await open(storage);
    let refusal: unknown;
    let thief: Trial | undefined;
    await experiment.workOn(
      async ({ trial, report, signal }) => {
        report(1);
        await storage.setTrialStatus(trial, 'interrupted');
        thief = await storage.reserveTrial(experiment.record, { worker: 'thief' });
        report(2);
        await until(() => signal.aborted);
        try {
          report(3);
        } catch (error) {
          refusal = error;
        }
        return 1;
      },
      { idleTimeout: 0 },
    );
    expect(refusal).toBeInstanceOf(FailedUpdateError);
    const stolen = await storage.getTrial(thief as Trial);
    expect(stolen).toMatchObject({ status: 'reserved', worker: 'thief' });
    expect(stolen && reportsOf(stolen).map(([, value]) => value)).not.toContain(2);
  });

  it('ends an objective that is to stop, by the reason for it', async () => {
    const experiment = await open(await alone());
    const controller = new AbortController();
    let refusal: unknown;
    await experiment.workOn(
      async ({ report }) => {
        controller.abort(new Error('enough'));
        try {
          report(1);
        } catch (error) {
          refusal = error;
          throw error;
        }
        return 1;
      },
      { signal: controller.signal },
    );
    expect(refusal).toEqual(new Error('enough'));
    expect((await experiment.trials()).map(({ status }) => status)).toEqual(['interrupted']);
  });

  it('after the end is refused, and changes nothing', async () => {
    let late: Evaluation<Params>['report'] | undefined;
    const [trial] = await work(({ report }) => {
      late = report;
      return 1;
    });
    expect(() => late?.(2)).toThrow(FailedUpdateError);
    expect(trial && reportsOf(trial)).toEqual([]);
  });
});

describe('an evaluation that is advised to stop', () => {
  it('is completed with the value it reported last, where it returns nothing', async () => {
    const [trial] = await work(
      async ({ report, shouldStop }) => {
        for (const value of [5, 4, 3]) {
          report(value);
          if (await shouldStop()) return undefined;
        }
        return 0;
      },
      { stopping: stopAt(4) },
    );
    expect(trial?.status).toBe('completed');
    expect(trial?.results).toEqual([
      { name: 'objective', type: 'objective', value: 4 },
      {
        name: 'reports',
        type: 'statistic',
        value: [
          [1, 5],
          [2, 4],
        ],
      },
    ]);
  });

  it('is as bad as can be where that value was NaN', async () => {
    const [trial] = await work(
      async ({ report, shouldStop }) => {
        report(Number.NaN);
        return (await shouldStop()) ? undefined : 0;
      },
      { stopping: stopAt(Number.NaN) },
    );
    expect(trial?.results[0]).toMatchObject({ type: 'objective', value: Infinity });
  });

  it('may return an objective all the same', async () => {
    const [trial] = await work(async ({ report, shouldStop }) => (report(4), (await shouldStop()) ? 7 : 0), {
      stopping: stopAt(4),
    });
    expect(trial?.results[0]).toMatchObject({ type: 'objective', value: 7 });
  });

  it('is not the only one that may return nothing: so may each that has reported, and no other', async () => {
    const [reported] = await work(({ report }) => (report(4), undefined));
    expect(reported?.results[0]).toMatchObject({ type: 'objective', value: 4 });
    const [silent] = await work(() => undefined);
    expect(silent?.status).toBe('broken');
  });

  it('is never advised so without a rule, or before it has reported', async () => {
    const asked: boolean[] = [];
    const ask: Objective<Params> = async ({ shouldStop }) => (asked.push(await shouldStop()), 1);
    await work(ask);
    await work(ask, { stopping: { create: () => ({ observe: () => {}, shouldStop: () => true }) } });
    expect(asked).toEqual([false, false]);
  });

  it('is judged by the trials that were completed before, whoever completed them', async () => {
    const connect = shared();
    const first = await open(await connect(), 3);
    await first.workOn(({ report }) => (report(1), 1));
    const told: (readonly Report[])[] = [];
    const rule: StoppingRule = {
      create: () => ({
        observe: (trials) => void told.push(...trials.map(reportsOf)),
        shouldStop: () => false,
      }),
    };
    const second = await open(await connect(), 4);
    await second.workOn(async ({ report, shouldStop }) => (report(2), await shouldStop(), 2), {
      stopping: rule,
    });
    expect(told).toEqual([[[1, 1]], [[1, 1]], [[1, 1]]]);
  });

  it('needs a rule that is one', async () => {
    const stopping = {} as StoppingRule;
    await expect(work(() => 1, { stopping })).rejects.toThrow("The option 'stopping' of workOn");
  });
});

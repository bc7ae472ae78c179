import {
  DocumentStorage,
  type FetchTrialsOptions,
  MemoryStore,
  openMemory,
  type Trial,
} from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import { type AlgorithmDefinition, type AnyParams, integer, openExperiment } from '../src/index.js';

/** A storage that notes how many trials it gave out. */
class CountingStorage extends DocumentStorage {
  given = 0;

  override async fetchTrials(
    ref: Parameters<DocumentStorage['fetchTrials']>[0],
    options?: FetchTrialsOptions,
  ): Promise<Trial[]> {
    const found = await super.fetchTrials(ref, options);
    this.given += found.length;
    return found;
  }
}

/** Suggests 1, 2, 3 …, and notes the values of the trials that it is told of; of a broken one, nothing. */
function counting(told: unknown[]): AlgorithmDefinition {
  return {
    configuration: { counting: {} },
    create: () => {
      let next = 0;
      return {
        needsObservations: true,
        suggest: (count): AnyParams[] => Array.from({ length: count }, () => ({ n: (next += 1) })),
        observe: (trials) => void told.push(...trials.map(({ results }) => results[0]?.value)),
        state: () => next,
        setState: (state) => void (next = state as number),
      };
    },
  };
}

async function places(count: number) {
  const store = new MemoryStore();
  return Promise.all(
    Array.from({ length: count }, async () => {
      const storage = new CountingStorage(await openMemory({ store }));
      const told: unknown[] = [];
      const space = { n: integer(1, 10_000) };
      const experiment = await openExperiment(storage, { name: 'e', space, algorithm: counting(told) });
      return { storage, told, experiment };
    }),
  );
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('what has ended', () => {
  it('is told once, without reading what was told before', async () => {
    const [here] = await places(1);
    if (!here) throw new Error('there is one place');
    await here.experiment.workOn(({ params }) => params.n, { maxTrials: 50 });
    here.storage.given = 0;
    await here.experiment.workOn(({ params }) => params.n, { maxTrials: 200 });
    expect(here.told).toEqual(upTo(249));
    expect(here.storage.given).toBeLessThan(200 * 6);
  });

  it('is told also where others began and ended it', async () => {
    const [here, there] = await places(2);
    if (!here || !there) throw new Error('there are two places');
    for (let i = 0; i < 5; i += 1) {
      await there.experiment.workOn(({ params }) => params.n, { maxTrials: 3 });
      await here.experiment.workOn(({ params }) => params.n, { maxTrials: 2 });
    }
    await here.experiment.suggest({ worker: 'last' });
    expect(new Set(here.told)).toEqual(new Set(upTo(25)));
    expect(here.told).toHaveLength(25);
  });

  it('is told in the order in which it ended, broken or not', async () => {
    const [here] = await places(1);
    if (!here) throw new Error('there is one place');
    const { experiment, told } = here;
    const [a, b, c] = [await suggest('a'), await suggest('b'), await suggest('c')];
    await later();
    await experiment.observe(c, 3);
    await later();
    await experiment.release(a, 'broken');
    await later();
    await experiment.observe(b, 2);
    await suggest('d');
    expect(told).toEqual([3, undefined, 2]);

    async function suggest(worker: string): Promise<Trial> {
      const trial = await experiment.suggest({ worker });
      if (!trial) throw new Error('there is always one');
      return trial;
    }
  });

  it('is told where it was inserted, or is there from before', async () => {
    const [here, there] = await places(2);
    if (!here || !there) throw new Error('there are two places');
    const params = [{ name: '/n', type: 'integer' as const, value: 500 }];
    const results = [{ name: 'objective', type: 'objective' as const, value: 500 }];
    await there.storage.registerTrial({
      experiment: there.experiment.record._id,
      params,
      results,
      status: 'completed',
    });
    await here.experiment.workOn(({ params: { n } }) => n, { maxTrials: 2 });
    expect(here.told).toEqual([500, 1]);
  });

  it('is told also after trials were deleted', async () => {
    const [here, there] = await places(2);
    if (!here || !there) throw new Error('there are two places');
    await here.experiment.workOn(({ params }) => params.n, { maxTrials: 10 });
    await there.storage.deleteTrials(there.experiment.record, { where: { 'results.value': { $lte: 8 } } });
    await there.experiment.workOn(({ params }) => params.n, { maxTrials: 10 });
    await here.experiment.suggest({ worker: 'last' });
    expect(new Set(here.told)).toEqual(new Set(upTo(20)));
    expect(here.told).toHaveLength(20);
  });
});

/** A millisecond later at least. */
function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 3));
}

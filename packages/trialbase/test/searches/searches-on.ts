import { type AnyParams, openExperiment, real } from '@trialbase/client';
import { SimulatedSearch } from '@trialbase/client/testing';
import { DocumentStorage, type OpenDatabase, type StorageProtocol } from '@trialbase/core';
import type { DatabaseConnector } from '@trialbase/core/testing';
import { describe, expect, it } from 'vitest';
import { algorithms, type Row, spaceFor } from '../../../client/test/algorithms/table.js';

const plane = { x: real(-5, 5, { precision: null }), y: real(-5, 5, { precision: null }) };

function bowl({ x, y }: AnyParams): number {
  return ((x as number) - 1.3) ** 2 + ((y as number) + 2.1) ** 2;
}

/** How many trials are evaluated in a row, by a worker that stays and by others that come and go, in turns. */
const stretches = [1, 2, 3, 4, 1, 5, 2, 6];
const TRIALS = stretches.reduce((sum, count) => sum + count, 0);

/**
 * A search goes on from the state of its algorithm, whoever wrote it: what a store gives back has to be what it was given,
 * with each algorithm that there is. A search without a store, and without an interruption, shows what it has to come to.
 */
export function searchesOn(store: string, connector: DatabaseConnector): void {
  describe(`a search over ${store}`, () => {
    it.each(Object.entries(algorithms))(
      'goes on from the state that is stored as it would have gone on without: %s',
      async (_, row) => {
        const site = await connector.create();
        try {
          const expected = new SimulatedSearch(row.define(7), spaceFor(row, plane)).run(TRIALS, bowl);
          expect(await searchInTurns(() => site.connect(), row)).toEqual({
            points: expected.points,
            state: expected.state,
          });
        } finally {
          await site.remove();
        }
      },
    );
  });
}

interface Searched {
  /** In the order in which they were evaluated. */
  readonly points: readonly AnyParams[];
  /** The state of the algorithm at the end, as somebody reads it who comes then. */
  readonly state: unknown;
}

async function searchInTurns(open: () => Promise<OpenDatabase>, row: Row): Promise<Searched> {
  const points: AnyParams[] = [];
  const note = ({ params }: { readonly params: AnyParams }): number => {
    points.push(params);
    return bowl(params);
  };
  return withStorage(open, async (staying) => {
    const described = { name: 'e', space: spaceFor(row, plane), algorithm: row.define(7) };
    const experiment = await openExperiment(staying, described);
    const byOneWhoStays = (maxTrials: number) => experiment.workOn(note, { maxTrials });
    // Who comes knows the name alone, and reads all else.
    const byOneWhoComes = (maxTrials: number) =>
      withStorage(open, async (coming) =>
        (await openExperiment(coming, { name: 'e' })).workOn(note, { maxTrials }),
      );
    for (const [i, count] of stretches.entries())
      await (i % 2 === 0 ? byOneWhoStays(count) : byOneWhoComes(count));
    const state = await withStorage(open, (last) =>
      last.acquireAlgorithmLock(experiment.record, async (locked) => locked.state),
    );
    return { points, state };
  });
}

async function withStorage<T>(
  open: () => Promise<OpenDatabase>,
  use: (storage: StorageProtocol) => Promise<T>,
): Promise<T> {
  const storage = new DocumentStorage(await open());
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
}

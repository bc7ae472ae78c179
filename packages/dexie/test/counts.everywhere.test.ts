import { DuplicateKeyError, openMemory } from '@trialbase/core';
import {
  type Condition,
  compile,
  type Document,
  everything,
  type OpenDatabase,
  parseQuery,
  QueueLocks,
  type Step,
} from '@trialbase/core/adapter';
import { openDexie } from '@trialbase/dexie';
import { openIdb } from '@trialbase/idb';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databaseName, remove } from './indexed-db.js';

const experiment = fc.constantFrom<unknown>('e', 'f', 'e', 'f', 1, null);
const status = fc.constantFrom<unknown>('new', 'reserved', 'completed', 'new', 'reserved', 'completed', null);
const id = fc.nat({ max: 12 });

/** Which trials a step is about: one, several, those of an experiment, or of a status too. */
const where: fc.Arbitrary<Condition> = fc
  .oneof(
    id.map((_id) => ({ _id })),
    id.map((_id) => ({ _id: { $lt: _id } })),
    experiment.map((of) => ({ experiment: of })),
    fc.record({ experiment, status }),
    fc.record({ status }),
  )
  .map(parseQuery);

const trial: fc.Arbitrary<Document> = fc.record({ _id: id, experiment, id, status });

const changes = fc.oneof(
  { weight: 4, arbitrary: status.map((value) => [{ path: ['status'], value }]) },
  { weight: 1, arbitrary: experiment.map((value) => [{ path: ['experiment'], value }]) },
  { weight: 1, arbitrary: id.map((value) => [{ path: ['heartbeat'], value }]) },
);

const update = { where, changes };
const collection = fc.constant('trials' as const);

const insert = fc.record({
  kind: fc.constant('insert' as const),
  collection,
  documents: fc.array(trial, { minLength: 1, maxLength: 5 }),
  onDuplicate: fc.constantFrom('refuse' as const, 'skip' as const, 'skip' as const),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: insert },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        kind: fc.constant('update' as const),
        collection,
        ...update,
        otherwise: fc.record(update),
        limit: fc.integer({ min: 1, max: 3 }),
      },
      { requiredKeys: ['kind', 'collection', 'where', 'changes'] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), collection, where }) },
);

const writes = fc.array(fc.array(step, { minLength: 1, maxLength: 2 }), {
  minLength: 10,
  maxLength: 20,
  size: 'max',
});

const experiments = ['e', { $in: ['e', 'f'] }];
const statuses = ['new', 'reserved', 'completed', null, { $in: ['new', 'completed'] }];
const questions = [
  ...experiments.map((of) => parseQuery({ experiment: of })),
  ...experiments.flatMap((of) => statuses.map((one) => parseQuery({ experiment: of, status: one }))),
];

/** Where counting gave something else than the documents do. */
async function partingOf(database: OpenDatabase): Promise<unknown> {
  const documents = await database.find('trials', everything);
  for (const question of questions) {
    const counted = await database.count('trials', question);
    const found = documents.filter(compile(question)).length;
    if (counted !== found) return { question, counted, found };
  }
  return undefined;
}

/** The same after some of the writes. One that is refused is to change no count. */
async function partingAfter(database: OpenDatabase, made: readonly (readonly Step[])[]): Promise<unknown> {
  for (const steps of made) {
    await database.write(steps).catch((error: unknown) => {
      if (!(error instanceof DuplicateKeyError)) throw error;
    });
    const parting = await partingOf(database);
    if (parting) return parting;
  }
  return undefined;
}

describe('however a store was written to', () => {
  it.each<[string, (place: { name: string; locks: QueueLocks }) => Promise<OpenDatabase>, runs: number]>([
    ['in memory', () => openMemory(), 30],
    ['in IndexedDB through idb', openIdb, 5],
    ['in IndexedDB through Dexie', openDexie, 5],
  ])('counting gives as many trials as are found: %s', async (_, open, numRuns) => {
    const property = fc.asyncProperty(writes, async (made) => {
      const name = databaseName();
      const database = await open({ name, locks: new QueueLocks() });
      try {
        expect(await partingAfter(database, structuredClone(made))).toBeUndefined();
      } finally {
        await database.close();
        await remove(name);
      }
    });
    await fc.assert(property, { seed: 7, numRuns });
  });
});

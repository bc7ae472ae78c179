import { isDeepStrictEqual } from 'node:util';
import { DocumentStorage, openMemory } from '@trialbase/core';
import { arrange, type Document, errorCode, type Fields } from '@trialbase/core/adapter';
import * as fc from 'fast-check';
import { find, update } from 'mingo';
import { document, path, value } from '../query/arbitraries.js';
import { departuresIn, REFUSED, type Shaping, shapingDepartures } from '../query/shaping-departures.js';
import type { Budget, Tally } from './tally.js';

/** So many cases of each kind are drawn from one seed. */
const BATCH = 300;

/** Sorts, selections and updates, each held against mingo. */
export async function fuzzShaping(budget: Budget, tally: Tally): Promise<void> {
  const storage = new DocumentStorage(await openMemory());
  const checks = [sorts(tally), selections(storage, tally), updates(storage, tally)];
  for (let seed = budget.seed; tally.goesOn(budget); seed += 1) {
    for (const check of checks) {
      const numRuns = Math.min(BATCH, budget.cases - tally.cases);
      const fault = numRuns > 0 ? await check(seed, numRuns) : undefined;
      if (fault !== undefined) tally.fault(`seed ${seed}: ${fault}`);
    }
  }
  for (const { rule } of shapingDepartures) tally.note(`Where mingo 7.2.7 may do otherwise: ${rule}.`);
}

/** Tries cases until one is not as it should be. @returns that one. */
type Check = (seed: number, numRuns: number) => Promise<string | undefined>;

const pathsWith = <T>(each: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(path, each, { minKeys: 1, maxKeys: 2, noNullPrototype: true });

function sorts(tally: Tally): Check {
  const direction = fc.constantFrom<1 | -1>(1, -1);
  return checkOf(fc.array(document, { maxLength: 6 }), pathsWith(direction), async (all, order) => {
    const documents = all.map((fields, _id): Document => ({ ...fields, _id }));
    const sort = Object.entries(order).map(([key, to]) => ({ path: key.split('.'), descending: to < 0 }));
    const idsOf = (found: readonly { _id: unknown }[]): unknown[] => found.map(({ _id }) => _id);
    const ours = idsOf(arrange(documents, { sort }) as Document[]);
    const mingos = idsOf(find<Document>(documents, {}).sort(order).all());
    const paths = Object.keys(order);
    const descending = new Set(paths.filter((key) => order[key] === -1));
    return isAllowed(tally, { kind: 'sort', documents, paths, descending, ours, mingos });
  });
}

function selections(storage: DocumentStorage, tally: Tally): Check {
  const selection = fc.oneof(...[0, 1].map((kept) => pathsWith(fc.constant(kept))));
  return checkOf(document, selection, (fields, selected) =>
    withStored(storage, fields, async (stored) => {
      const [ours] = await orRefused(() => storage.fetchExperiments({ _id: ID }, selected));
      // Mingo changes what it selects from, and leaves symbols in it now and then, which are no outcome.
      const [mingos] = orThrown(() =>
        find<Fields>([structuredClone(stored)], {}, selected)
          .all()
          .map(plain),
      );
      const paths = Object.keys(selected);
      return isAllowed(tally, { kind: 'selection', documents: [fields], paths, ours, mingos });
    }),
  );
}

function updates(storage: DocumentStorage, tally: Tally): Check {
  return checkOf(document, pathsWith(value), (fields, set) =>
    withStored(storage, fields, async (stored) => {
      const [answer] = await orRefused(async () => [await storage.updateExperiment({ uid: ID }, set)]);
      const [after] = await storage.fetchExperiments({ _id: ID });
      const isRefused = answer === REFUSED && isDeepStrictEqual(plain(after), plain(stored));
      const updated = structuredClone(stored);
      const [thrown] = orThrown(() => update(updated, { $set: structuredClone(set) }));
      return isAllowed(tally, {
        kind: 'update',
        documents: [fields],
        paths: Object.keys(set),
        ours: isRefused ? REFUSED : after,
        mingos: thrown === REFUSED ? REFUSED : updated,
      });
    }),
  );
}

function checkOf<A, B>(
  first: fc.Arbitrary<A>,
  second: fc.Arbitrary<B>,
  holds: (first: A, second: B) => Promise<boolean>,
): Check {
  return async (seed, numRuns) => {
    const { failed, counterexample } = await fc.check(fc.asyncProperty(first, second, holds), {
      seed,
      numRuns,
    });
    return failed ? fc.stringify(counterexample) : undefined;
  };
}

/** What it came to by mingo and by us. */
interface Compared extends Shaping {
  readonly ours: unknown;
  readonly mingos: unknown;
}

/** Counts a case. @returns whether it is as it should be. */
function isAllowed(tally: Tally, { ours, mingos, ...shaping }: Compared): boolean {
  const rules = departuresIn(shaping);
  const isOpen = rules.some(({ instead }) => instead === undefined);
  const expected = rules.reduce((outcome, { instead }) => instead?.(outcome) ?? outcome, plain(mingos));
  const isSame = isDeepStrictEqual(plain(ours), expected);
  tally.count('cases');
  if (rules.length === 0) tally.count(`${shaping.kind}s strictly compared with mingo`);
  else if (!isOpen) tally.count(`${shaping.kind}s strictly compared with what a rule says instead`);
  else
    tally.count(
      `${shaping.kind}s ${isSame ? 'the same though a rule allows to differ' : 'different by a rule'}`,
    );
  return isSame || isOpen;
}

const ID = 'x';

/** Lends a document that is stored. */
async function withStored(
  storage: DocumentStorage,
  fields: Fields,
  use: (stored: Fields) => Promise<boolean>,
): Promise<boolean> {
  const stored = { ...fields, _id: ID, name: 'n', version: 1 };
  await storage.createExperiment(stored);
  try {
    return await use(stored);
  } finally {
    await storage.deleteExperiment({ uid: ID });
  }
}

async function orRefused(call: () => Promise<readonly unknown[]>): Promise<readonly unknown[]> {
  try {
    return await call();
  } catch (error) {
    if (!['invalid-query', 'invalid-document'].includes(errorCode(error) ?? '')) throw error;
    return [REFUSED];
  }
}

function orThrown(call: () => readonly unknown[]): readonly unknown[] {
  try {
    return call();
  } catch {
    return [REFUSED];
  }
}

/** Without prototypes: what mingo makes has others now and then. */
function plain(found: unknown): unknown {
  return found === REFUSED ? found : structuredClone(found);
}

import type { StorageOptions, StorageProtocol } from '@trialbase/core';
import type { Call } from './call.js';
import { bySubmitTime, type Held, Model, type ModelTrial, type Outcome } from './model.js';
import { asModel, idOf, perform, timeOf } from './perform.js';

/** A place for documents, empty at first, that is connected to again and again. */
export interface Place {
  connect(options: StorageOptions): Promise<StorageProtocol>;
  remove(): Promise<void>;
}

/** Where a storage parted from the model. */
export interface Parting {
  readonly after: readonly Call[];
  readonly expected: unknown;
  readonly found: unknown;
}

/**
 * Makes the calls of a storage in a fresh place and of the model.
 *
 * @returns where the two came to something else, at a call or in what is stored in the end; `undefined` where they nowhere do.
 */
export async function follow(place: Place, calls: readonly Call[]): Promise<Parting | undefined> {
  let now = 0;
  let made = 0;
  const options = { clock: () => timeOf(now), createId: () => `id ${(made += 1)}`, heartbeat: 2_000 };
  const model = new Model();
  const handed: Held[] = [];
  let storage = await place.connect(options);
  try {
    for (const [i, call] of calls.entries()) {
      now += 1;
      if (call.do === 'reconnect') {
        await storage.close();
        storage = await place.connect(options);
      }
      const held = 'held' in call ? handed[call.held % Math.max(handed.length, 1)] : undefined;
      const found = await perform(storage, call, held);
      const expected = model.call(call, held, { now, lastId: `id ${made}` });
      if (!same(found, expected)) return { after: calls.slice(0, i + 1), expected, found };
      handed.push(...trialsIn(found));
    }
    const [expected, found] = [contentOf(model), await contentIn(storage)];
    return same(found, expected) ? undefined : { after: calls, expected, found };
  } finally {
    await storage.close();
    await place.remove();
  }
}

function trialsIn(outcome: Outcome): ModelTrial[] {
  const value = 'value' in outcome ? outcome.value : undefined;
  return [value]
    .flat()
    .filter((each): each is ModelTrial => typeof each === 'object' && each !== null && 'x' in each);
}

function contentOf({ experiments, trials, locks, benchmarks }: Model): unknown {
  return {
    experiments: inOrder(experiments.map(({ _id, name }) => `${_id} ${name}`)),
    benchmarks: inOrder(benchmarks),
    trials: [1, 2, 3].map((e) => bySubmitTime(trials.filter(({ experiment }) => experiment === e))),
    states: [1, 2, 3].map((e) => locks[e]?.state ?? null),
  };
}

async function contentIn(storage: StorageProtocol): Promise<unknown> {
  const trials = [];
  const states = [];
  for (const uid of [1, 2, 3].map(idOf)) {
    trials.push((await storage.fetchTrials({ uid })).map(asModel));
    states.push((await storage.getAlgorithmLockInfo({ uid }))?.state ?? null);
  }
  return {
    experiments: inOrder((await storage.fetchExperiments({})).map(({ _id, name }) => `${_id} ${name}`)),
    benchmarks: inOrder((await storage.fetchBenchmark({})).map(({ name }) => String(name))),
    trials,
    states,
  };
}

function inOrder(texts: readonly string[]): string[] {
  return [...texts].sort();
}

/** Both are made of plain values, without regard to the order of fields. */
function same(a: unknown, b: unknown): boolean {
  return textOf(a) === textOf(b);
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : (held ?? null),
  );
}

import { isDeepStrictEqual } from 'node:util';
import { CorruptStoreError, DocumentStorage, InvalidDocumentError, openMemory } from '@trialbase/core';
import { decode, encode } from '@trialbase/core/adapter';
import * as fc from 'fast-check';
import { anyValue, isStorable } from '../values/any-value.js';
import type { Budget, Tally } from './tally.js';

const BATCH = 2_000;

/** Every value is kept as it was, through a storage and through the codec, or refused by a typed error; and any text is decoded, or is corrupt. */
export async function fuzzCodec(budget: Budget, tally: Tally): Promise<void> {
  for (let seed = budget.seed; tally.goesOn(budget); seed += 1) {
    const numRuns = Math.min(BATCH, budget.cases - tally.cases);
    report(await fc.check(kept(tally), { seed, numRuns }), seed, tally);
    report(fc.check(decoded(tally), { seed, numRuns: Math.max(1, numRuns / 10) }), seed, tally);
  }
}

function report<T>(run: fc.RunDetails<T>, seed: number, tally: Tally): void {
  if (run.failed)
    tally.fault(`seed ${seed}: ${fc.stringify(run.counterexample)}: ${String(run.errorInstance)}`);
}

function kept(tally: Tally) {
  return fc.asyncProperty(anyValue, async (value) => {
    tally.count('cases');
    const storage = new DocumentStorage(await openMemory());
    try {
      await storage.createExperiment({ _id: 1, name: 'e', metadata: value });
    } catch (error) {
      if (!(error instanceof InvalidDocumentError)) throw error;
      tally.count('refused with the path');
      return error.message.startsWith('experiments.metadata') && !isStorable(value);
    }
    tally.count('kept');
    const [found] = await storage.fetchExperiments({});
    const same = isDeepStrictEqual(found?.metadata, value);
    return isStorable(value) && same && isDeepStrictEqual(decode(encode(found?.metadata)), value);
  });
}

/** Nearly what the codec writes. */
const text = fc
  .tuple(anyValue, fc.nat(), fc.constantFrom('', '"', '$', '{', '}', '[', ']', '1', ',', ':', '\\', '\u0000'))
  .map(([value, at, inserted]) => {
    const written = isStorable(value) ? encode(value) : '{"$date":1}';
    const place = at % (written.length + 1);
    return written.slice(0, place) + inserted + written.slice(place + (at % 3));
  });

function decoded(tally: Tally) {
  return fc.property(text, (each) => {
    tally.count('cases');
    try {
      decode(each);
      tally.count('texts decoded');
    } catch (error) {
      if (!(error instanceof CorruptStoreError)) throw error;
      tally.count('texts refused as corrupt');
    }
    return Object.keys(Object.prototype).length === 0;
  });
}

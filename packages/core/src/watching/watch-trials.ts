import type { OpenDatabase } from '../database.js';
import { checkOptions, checkSignal } from '../option-checks.js';
import type { Condition } from '../query/condition.js';
import type { ExperimentRef, TrialChange, WatchTrialsOptions } from '../storage-protocol.js';
import { trialsWhere } from '../where.js';
import { ShownTrials } from './shown-trials.js';
import { TouchedTrials } from './touched-trials.js';

/** See `StorageProtocol.watchTrials`. */
export function watchTrials(
  database: OpenDatabase,
  experiment: ExperimentRef,
  options: WatchTrialsOptions,
): AsyncIterable<readonly TrialChange[]> {
  const asked = checkOptions('watchTrials', options, ['where', 'signal']);
  const where = trialsWhere(experiment, asked.where);
  const signal = checkSignal(asked.signal);
  return { [Symbol.asyncIterator]: () => iterate(database, where, signal) };
}

function iterate(
  database: OpenDatabase,
  where: Condition,
  signal: AbortSignal | undefined,
): AsyncIterator<readonly TrialChange[], undefined> {
  const touched = new TouchedTrials();
  const batches = batchesOf(database, where, touched, signal);
  return {
    next: () => batches.next(),
    return() {
      // A generator that is waiting would learn of it at the next change only.
      touched.end();
      return batches.return(undefined);
    },
  };
}

async function* batchesOf(
  database: OpenDatabase,
  where: Condition,
  touched: TouchedTrials,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly TrialChange[], undefined> {
  if (signal?.aborted) return;
  const end = (): void => touched.end();
  signal?.addEventListener('abort', end);
  try {
    // Before the first read: what is written in between may be shown twice, but not never.
    touched.watch(database);
    const shown = new ShownTrials(database, where);
    const all = await shown.showAll();
    if (!touched.hasEnded) yield all;
    while (!touched.hasEnded) {
      const changes = await shown.showAgain(await touched.next());
      if (changes.length > 0 && !touched.hasEnded) yield changes;
    }
  } catch (error) {
    if (!touched.hasEnded) throw error;
  } finally {
    touched.end();
    signal?.removeEventListener('abort', end);
  }
}

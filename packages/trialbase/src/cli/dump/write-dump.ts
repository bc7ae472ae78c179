import type { Experiment } from '@trialbase/core';
import { type Condition, everything, type OpenDatabase, oneOf } from '@trialbase/core/adapter';
import { streamDocuments } from '../documents.js';
import { dumpLine, dumpOrder, header } from './format.js';

/**
 * The lines of a dump, of the whole store or of some experiments with all that is theirs. The state of an algorithm is read before
 * the trials, so that where others work meanwhile it never knows of a trial that is not in the dump.
 */
export async function* dumpLines(
  database: OpenDatabase,
  experiments?: readonly Experiment[],
): AsyncGenerator<string> {
  const ids = experiments?.map(({ _id }) => _id);
  const count: Record<string, number> = { benchmarks: 0 };
  yield dumpLine(header);
  for (const collection of dumpOrder) {
    if (ids && collection === 'benchmarks') continue;
    const field = collection === 'experiments' ? '_id' : 'experiment';
    const where: Condition = ids ? oneOf(field, ids) : everything;
    count[collection] = 0;
    for await (const document of streamDocuments(database, collection, where)) {
      count[collection] += 1;
      yield dumpLine({ collection, document });
    }
  }
  const { benchmarks = 0, experiments: many = 0, algo = 0, trials = 0 } = count;
  yield dumpLine({ end: { experiments: many, trials, algo, benchmarks } });
}

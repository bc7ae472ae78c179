import type { Experiment, FetchTrialsOptions, Id, StorageProtocol, Trial } from '@trialbase/core';

/** So many trials are in memory at once. */
const BATCH = 512;

/**
 * The trials of an experiment, one after another: first their `_id`s are read, then the trials a few at a time, so that any
 * number of them can be printed. A trial that is removed meanwhile is left out.
 */
export async function* streamTrials(
  storage: StorageProtocol,
  { _id: uid }: Experiment,
  { selection, ...options }: FetchTrialsOptions = {},
): AsyncGenerator<Trial> {
  const found = await storage.fetchTrials({ uid }, { ...options, selection: { _id: 1 } });
  for (let start = 0; start < found.length; start += BATCH) {
    const ids = found.slice(start, start + BATCH).map(({ _id }) => _id);
    const where = { _id: { $in: ids } };
    const trials = await storage.fetchTrials({ uid }, selection ? { where, selection } : { where });
    const byId = new Map<Id, Trial>(trials.map((trial) => [trial._id, trial]));
    for (const id of ids) {
      const trial = byId.get(id);
      if (trial) yield trial;
    }
  }
}

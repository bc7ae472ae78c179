import type { RegisteredTrials } from '../storage-protocol.js';
import type { NewTrial, Trial } from './trial.js';

/**
 * What became of trials that were registered at once.
 *
 * @param records of the trials given, in their order.
 * @param registered the records of those that were stored.
 */
export function registeredTrials(
  given: readonly NewTrial[],
  records: readonly Trial[],
  registered: Trial[],
): RegisteredTrials {
  const stored = new Map(registered.map((trial) => [trial._id, trial]));
  const isStored = (record: Trial): boolean => {
    const found = stored.get(record._id);
    // Two may have come with one `_id`, of which either may be the duplicate. So the keys are compared too, and each counts once.
    const isSame = found?.id === record.id && found.experiment === record.experiment;
    return isSame && stored.delete(record._id);
  };
  return { registered, duplicates: given.filter((_, i) => !isStored(records[i] as Trial)) };
}

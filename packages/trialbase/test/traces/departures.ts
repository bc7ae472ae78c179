import { experimentId } from './arguments.js';
import * as is from './differing.js';
import { lines } from './lines.js';
import { haunt, updateAsOrion, writeAsOrion } from './orion-writes.js';
import type { Difference } from './replay.js';
import { areSame } from './same.js';
import type { Fields } from './trace.js';

/** A point in which the design parts from Orion. */
interface Departure {
  /** The line of the design that asks for it. */
  readonly line: string;
  /** Whether a difference is this one: whether Orion did what the line says of it, and the storage what the line asks for. */
  covers(difference: Difference): boolean | Promise<boolean>;
  /** Brings the store to where Orion's is. Absent where it is there already. */
  catchUp?(difference: Difference): Promise<void> | void;
}

/** The departures that show in the outcome of a step. The first that covers a difference is the one. */
export const departures: readonly Departure[] = [
  {
    line: lines.unique,
    // Without indexes, or with one that is out of date, Orion has two documents with one key now. The storage cannot.
    covers: (d) =>
      is.refused(d, 'duplicate-key') &&
      is.isOp(d, 'create_experiment', 'create_benchmark', 'register_trial') &&
      !d.replay.hasRightIndexes,
    catchUp: haunt,
  },
  {
    line: lines.unique,
    covers: (d) => is.refused(d, 'duplicate-key') && is.isOp(d, 'update_experiment'),
    catchUp: (d) => d.replay.parting.blur('experiments', d.step.args['uid'], Object.keys(is.changes(d))),
  },
  {
    line: lines.unique,
    // Orion's index still holds the key from before an update.
    covers: (d) =>
      is.isOp(d, 'create_experiment') &&
      d.orion.error === 'DuplicateKeyError' &&
      is.worked(d.here) &&
      !d.replay.hasRightIndexes,
    catchUp: async ({ replay, returned }) => {
      await replay.session.storage.deleteExperiment({ uid: (returned as { _id: string })._id });
    },
  },
  {
    line: lines.unique,
    // Orion rebuilds an index of keys that are no longer unique, fails, and has lost documents.
    covers: (d) =>
      is.isOp(d, 'delete_experiment') &&
      d.orion.error === 'DuplicateKeyError' &&
      is.worked(d.here) &&
      !d.replay.hasRightIndexes,
    catchUp: (d) => d.replay.parting.tear('experiments'),
  },
  {
    line: lines.owners,
    covers: (d) =>
      is.refused(d, 'failed-update') && is.isOp(d, 'push_trial_results', 'set_trial_status') && is.isStale(d),
    catchUp: writeAsOrion,
  },
  {
    line: lines.owners,
    covers: (d) =>
      is.isOp(d, 'update_heartbeat') && d.orion.result === 1 && d.here.result === 0 && is.isStale(d),
    catchUp: writeAsOrion,
  },
  {
    line: lines.owners,
    // Nobody is named, so nobody may come back for the trial under the name of its former worker.
    covers: (d) =>
      is.isOp(d, 'reserve_trial') &&
      is.worked(d.here) &&
      areSame({ ...(d.orion.result as Fields), worker: null }, d.here.result),
  },
  {
    line: lines.owners,
    // The holder was killed. Orion's lock stays locked.
    covers: (d) =>
      is.isOp(d, 'with_lock') &&
      d.orion.error === 'LockAcquisitionTimeout' &&
      is.worked(d.here) &&
      d.replay.locks.foundLeft !== undefined,
    catchUp: (d) => d.replay.locks.leaveLocked(),
  },
  {
    line: lines.owners,
    covers: (d) => is.isOp(d, 'with_lock') && is.refused(d, 'failed-update') && d.replay.locks.wasLost,
  },
  {
    line: lines.orphans,
    covers: (d) =>
      is.isOp(d, 'write_algorithm_lock', 'initialize_algorithm_lock') && is.refused(d, 'duplicate-key'),
    catchUp: (d) => d.replay.parting.doubleLock(d.step.args['experiment_id']),
  },
  {
    line: lines.orphans,
    covers: (d) =>
      /lock/.test(d.step.op) && d.replay.parting.hasTwoLocks(experimentId(d.replay.session, d.step.args)),
  },
  {
    line: lines.checked,
    covers: (d) =>
      is.isOp(d, 'update_trial', 'update_trials') &&
      is.refused(d, 'invalid-document', 'invalid-result') &&
      is.isBadChange(d),
    catchUp: updateAsOrion,
  },
  {
    line: lines.checked,
    // Orion cannot read what it has let somebody write.
    covers: (d) =>
      is.isRead(d) &&
      /ValueError|AttributeError/.test(d.orion.error ?? '') &&
      is.worked(d.here) &&
      d.replay.isPoisoned,
  },
  {
    line: lines.objective,
    covers: (d) =>
      is.isOp(d, 'trial.set', 'push_trial_results') &&
      is.refusedResults(d) &&
      is.hasBadObjective(is.resultsOf(d)),
    catchUp: writeAsOrion,
  },
  {
    line: lines.arguments,
    covers: (d) =>
      is.isOp(d, 'set_trial_status') &&
      is.refused(d, 'invalid-document') &&
      (d.step.args['status'] === null || is.localOf(d).status === null),
    catchUp: writeAsOrion,
  },
  {
    line: lines.submitTime,
    covers: (d) => is.isRead(d) && d.orion.error === 'TypeError' && is.isSortedByTime(d.here.result),
  },
  {
    line: lines.given,
    // Orion takes 0 for no _id, stores the trial under another one, and then fails.
    covers: (d) =>
      is.isOp(d, 'register_trial') &&
      d.orion.error === 'FailedUpdate' &&
      (d.here.result as Fields | undefined)?.['_id'] === 0,
    catchUp: ({ replay, step }) => {
      const counted = /document id: (\d+)/.exec(step.error?.message ?? '')?.[1];
      replay.session.ids.learn('trials', Number(counted), 0);
    },
  },
  {
    line: lines.missing,
    // Orion takes an experiment without an id for any experiment.
    covers: (d) => is.refused(d, 'missing-arguments') && !is.namesOne(d),
    catchUp: updateAsOrion,
  },
  {
    line: lines.missing,
    covers: (d) => is.refused(d, 'mismatched-id') && is.namesTwo(d),
  },
  {
    line: lines.missing,
    // One id is missing from the record and stands beside it: that is one id, not two that differ.
    covers: (d) =>
      d.orion.error === 'AssertionError' && is.worked(d.here) && is.namesOne(d) && !is.namesTwo(d),
  },
  {
    line: lines.mongo,
    covers: (d) =>
      is.isRead(d) &&
      is.worked(d.here) &&
      /is not supported by EphemeralDB/.test(d.step.error?.message ?? ''),
  },
  {
    line: lines.setup,
    covers: (d) =>
      is.isOp(d, 'setup_storage', 'storage_factory.create') &&
      /KeyError|AttributeError/.test(d.orion.error ?? '') &&
      is.worked(d.here),
  },
  {
    line: lines.status,
    covers: (d) =>
      is.isOp(d, 'fetch_trials_by_status') && is.worked(d.orion) && typeof d.step.args['status'] === 'object',
  },
];

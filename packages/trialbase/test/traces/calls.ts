import { getTrialUidAndExperiment, getUid, readOnly, type TrialStatus } from '@trialbase/core';
import type { Collection } from '@trialbase/core/adapter';
import { changesOf, experimentRef, localTrial, newTrial, options, trialRef } from './arguments.js';
import type { Session } from './session.js';
import { decode, type Fields, type Step } from './trace.js';

/** Makes the call of a step here. What it returns is what the storage returned. */
export type Call = (session: Session, args: Fields, step: Step) => Promise<unknown>;

function where({ ids }: Session, collection: Collection, query: unknown): Fields {
  return query === undefined || query === null
    ? {}
    : { where: ids.inQuery(collection, decode(query) as Fields) };
}

function queryOf({ ids }: Session, collection: Collection, args: Fields): Fields {
  return ids.inQuery(collection, decode(args['query'] ?? {}) as Fields);
}

function selectionOf(args: Fields): Fields | undefined {
  return (args['selection'] ?? undefined) as Fields | undefined;
}

/** The protocol's methods, by Orion's names. */
export const calls: Readonly<Record<string, Call>> = {
  create_benchmark: async ({ storage }, args) => storage.createBenchmark(decode(args['config']) as Fields),
  fetch_benchmark: async (session, args) =>
    session.storage.fetchBenchmark(queryOf(session, 'benchmarks', args), selectionOf(args)),
  delete_benchmark: async (session, args) =>
    session.storage.deleteBenchmark(queryOf(session, 'benchmarks', args)),

  create_experiment: async ({ storage }, args) => {
    const given = {
      algoLocked: args['algo_locked'] === undefined ? undefined : Boolean(args['algo_locked']),
      algoState: decode(args['algo_state']),
      algoHeartbeat: decode(args['algo_heartbeat']),
    };
    return storage.createExperiment(decode(args['config']) as Fields, options(given));
  },
  delete_experiment: async (session, args) => session.storage.deleteExperiment(experimentRef(session, args)),
  update_experiment: async (session, args) => {
    const changes = changesOf(args, 'experiment', 'uid', 'where');
    return session.storage.updateExperiment(
      experimentRef(session, args),
      changes,
      where(session, 'experiments', args['where']),
    );
  },
  fetch_experiments: async (session, args) =>
    session.storage.fetchExperiments(queryOf(session, 'experiments', args), selectionOf(args)),

  register_trial: async (session, args) => {
    const { $newTrial } = args['trial'] as { $newTrial?: Fields };
    const trial = $newTrial ? newTrial(session, $newTrial) : localTrial(session, args['trial']);
    return session.storage.registerTrial(trial as never);
  },
  delete_trials: async (session, args) =>
    session.storage.deleteTrials(experimentRef(session, args), where(session, 'trials', args['where'])),
  reserve_trial: async (session, args) => session.storage.reserveTrial(experimentRef(session, args)),
  fetch_trials: async (session, args) =>
    session.storage.fetchTrials(experimentRef(session, args), where(session, 'trials', args['where'])),
  update_trials: async (session, args) => {
    const changes = changesOf(args, 'experiment', 'uid', 'where');
    return session.storage.updateTrials(
      experimentRef(session, args),
      changes,
      where(session, 'trials', args['where']),
    );
  },
  update_trial: async (session, args) => {
    const changes = changesOf(args, 'trial', 'uid', 'experiment_uid', 'where');
    return session.storage.updateTrial(
      trialRef(session, args),
      changes,
      where(session, 'trials', args['where']),
    );
  },
  get_trial: async (session, args) => session.storage.getTrial(trialRef(session, args)),
  fetch_lost_trials: async (session, args) => session.storage.fetchLostTrials(experimentRef(session, args)),
  fetch_pending_trials: async (session, args) =>
    session.storage.fetchPendingTrials(experimentRef(session, args)),
  fetch_noncompleted_trials: async (session, args) =>
    session.storage.fetchNoncompletedTrials(experimentRef(session, args)),
  fetch_trials_by_status: async (session, args) =>
    session.storage.fetchTrialsByStatus(experimentRef(session, args), decode(args['status']) as TrialStatus),
  count_completed_trials: async (session, args) =>
    session.storage.countCompletedTrials(experimentRef(session, args)),
  count_broken_trials: async (session, args) =>
    session.storage.countBrokenTrials(experimentRef(session, args)),

  retrieve_result: async (session, args) =>
    session.storage.retrieveResult(localTrial(session, args['trial'])),
  push_trial_results: async (session, args) =>
    session.storage.pushTrialResults(localTrial(session, args['trial'])),
  set_trial_status: async (session, args) => {
    const given = options({ heartbeat: decode(args['heartbeat']), was: args['was'] });
    return session.storage.setTrialStatus(
      localTrial(session, args['trial']),
      args['status'] as TrialStatus,
      given,
    );
  },
  update_heartbeat: async (session, args) =>
    session.storage.updateHeartbeat(localTrial(session, args['trial'])),

  initialize_algorithm_lock: initializeLock,
  write_algorithm_lock: initializeLock,
  release_algorithm_lock: async (session, args) => {
    const newState = 'new_state' in args ? [decode(args['new_state'])] : [];
    return session.storage.releaseAlgorithmLock(experimentRef(session, args), ...newState);
  },
  get_algorithm_lock_info: async (session, args) =>
    session.storage.getAlgorithmLockInfo(experimentRef(session, args)),
  delete_algorithm_lock: async (session, args) =>
    session.storage.deleteAlgorithmLock(experimentRef(session, args)),

  get_uid: async ({ ids }, args) => {
    const {
      item,
      uid,
      force_uid: force,
    } = args as { item?: { $exp: unknown }; uid?: unknown; force_uid?: boolean };
    const record = item && item.$exp !== null ? { _id: ids.here('experiments', item.$exp) } : {};
    const named = uid === undefined ? {} : { uid: ids.here('experiments', uid) };
    return getUid({ ...record, ...named } as never, force === undefined ? {} : { force });
  },
  get_trial_uid_and_exp: async (session, args) => {
    const { uid, experimentUid } = getTrialUidAndExperiment(trialRef(session, args));
    return [uid, session.ids.orions('experiments', experimentUid)];
  },
  'readonly.get': async (session, args) =>
    Reflect.get(readOnly(session.storage), camelCase(args['attr'] ?? args['name'])),
  'readonly.call': async (session, args, step) => {
    const method = String(args['method'] ?? args['name']);
    const call = calls[method];
    if (!call) throw new Error(`no method '${method}'`);
    const view = readOnly(session.storage);
    Reflect.get(view, camelCase(method));
    return call(
      Object.assign(Object.create(session) as Session, { storage: view }),
      (args['args'] ?? {}) as Fields,
      step,
    );
  },
};

async function initializeLock(session: Session, args: Fields): Promise<void> {
  const experiment = session.ids.here('experiments', args['experiment_id']);
  await session.storage.initializeAlgorithmLock(experiment, decode(args['algorithm_config']));
  const state = decode(args['state']);
  if (state === undefined) return;
  await session.storage.acquireAlgorithmLock({ uid: experiment }, (locked) => locked.setState(state));
}

function camelCase(name: unknown): string {
  return String(name).replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

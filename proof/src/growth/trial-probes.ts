import type { Trial } from '@trialbase/core';
import { resultsOf } from 'bench/trials';
import type { FilledStore } from './filled-store.js';
import { type ExperimentMethod, flat, flatFew, type Method, overAll, type Ways, writesAll } from './probe.js';

const MANY = 100;

const aBrokenTrial = (store: FilledStore): Promise<Trial> => store.broken();

/** Trials that are known to be there: what finds nothing costs less. */
async function some(found: Promise<Trial[]>): Promise<Trial[]> {
  const trials = await found;
  if (trials.length === 0) throw new Error('No trial was found where some are');
  return trials;
}

/** Calls that are about one trial, or about those that are not finished. */
export const trialProbes: Readonly<Record<Exclude<Method, ExperimentMethod>, Ways>> = {
  registerTrial: {
    one: flat({
      before: (store) => store.freshTrial(),
      call: ({ storage }, trial) => storage.registerTrial(trial),
      after: (store, trial) => store.forget(trial),
    }),
  },
  registerTrials: {
    [`${MANY} in one call`]: flatFew(15, {
      before: (store) => Array.from({ length: MANY }, () => store.freshTrial()),
      call: ({ storage }, trials) => storage.registerTrials(trials),
      after: async (store, { registered }) => {
        for (const trial of registered) await store.forget(trial);
      },
    }),
  },
  deleteTrials: {
    'one, by its id': flat({
      before: (store) => store.storage.registerTrial(store.freshTrial()),
      call: (store, trial) => store.forget(trial),
    }),
  },
  reserveTrial: {
    one: flat({
      call: (store) => store.held(),
      after: (store, trial) => store.release(trial),
    }),
    'with a worker’s name': flat({
      before: (store) => String(store.next()),
      call: ({ storage, experiment }, worker) => storage.reserveTrial(experiment, { worker }),
      after: (store, trial) => store.release(trial),
    }),
  },
  updateTrial: {
    one: flat({
      before: aBrokenTrial,
      call: ({ storage }, trial) => storage.updateTrial(trial, { worker: 'somebody' }),
    }),
  },
  getTrial: { one: flat({ before: aBrokenTrial, call: ({ storage }, trial) => storage.getTrial(trial) }) },
  retrieveResult: {
    one: flat({ before: aBrokenTrial, call: ({ storage }, trial) => storage.retrieveResult(trial) }),
  },
  fetchLostTrials: {
    few: flat({ call: ({ storage, experiment }) => some(storage.fetchLostTrials(experiment)) }),
  },
  fetchPendingTrials: {
    few: flat({ call: ({ storage, experiment }) => some(storage.fetchPendingTrials(experiment)) }),
  },
  fetchNoncompletedTrials: {
    few: flat({ call: ({ storage, experiment }) => some(storage.fetchNoncompletedTrials(experiment)) }),
  },
  fetchTrialsByStatus: {
    few: flat({ call: ({ storage, experiment }) => some(storage.fetchTrialsByStatus(experiment, 'broken')) }),
  },
  countCompletedTrials: {
    'of all': flat({ call: ({ storage, experiment }) => storage.countCompletedTrials(experiment) }),
  },
  countBrokenTrials: {
    few: flat({ call: ({ storage, experiment }) => storage.countBrokenTrials(experiment) }),
  },
  pushTrialResults: {
    one: flat({
      before: (store) => store.held(),
      call: ({ storage }, trial) => storage.pushTrialResults({ ...trial, results: resultsOf(1) }),
      after: (store, trial) => store.release(trial),
    }),
  },
  setTrialStatus: {
    one: flat({
      before: (store) => store.held(),
      call: ({ storage }, trial) => storage.setTrialStatus(trial, 'suspended'),
    }),
  },
  updateHeartbeat: {
    one: flat({
      before: (store) => store.held(),
      call: ({ storage }, trial) => storage.updateHeartbeat(trial),
      after: (store, _, trial) => store.release(trial),
    }),
  },
  fetchTrials: {
    'few, by a query': flat({
      call: ({ storage, experiment }) =>
        some(storage.fetchTrials(experiment, { where: { status: 'broken' } })),
    }),
    all: overAll({ call: ({ storage, experiment }) => storage.fetchTrials(experiment) }),
    'one of all, in an order': overAll({
      call: ({ storage, experiment }) =>
        storage.fetchTrials(experiment, { sort: { 'results.value': 1 }, limit: 1 }),
    }),
  },
  updateTrials: {
    'few, by a query': flat({
      call: ({ storage, experiment }) =>
        storage.updateTrials(experiment, { worker: 'somebody' }, { where: { status: 'broken' } }),
    }),
    all: writesAll(({ storage, experiment }) =>
      storage.updateTrials(experiment, { exp_working_dir: 'here' }),
    ),
  },
  watchTrials: {
    'a change': flat({
      before: async ({ storage, experiment }) => {
        const changes = storage.watchTrials(experiment, { where: { status: 'broken' } });
        const watching = changes[Symbol.asyncIterator]();
        await watching.next();
        return watching;
      },
      call: async (store, watching) => {
        const next = watching.next();
        await store.storage.updateTrial(await store.broken(), { worker: String(store.next()) });
        return next;
      },
      after: async (_, __, watching) => watching.return?.(),
    }),
    'all at first': overAll({
      call: async ({ storage, experiment }) => {
        for await (const all of storage.watchTrials(experiment)) return all.length;
        return 0;
      },
    }),
  },
};

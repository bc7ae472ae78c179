import type { Experiment, StorageProtocol } from '@trialbase/core';
import { EXPERIMENT, type FilledStore } from './filled-store.js';
import { type ExperimentMethod, flat, flatAfterAll, flatFew, type Ways, writesAllAtLast } from './probe.js';

const TRIALS = 200;

const anExperiment = (store: FilledStore): Promise<Experiment> =>
  store.storage.createExperiment({ name: `passing-${store.next()}`, version: 1 });

const removed = ({ storage }: FilledStore, experiment: Experiment): Promise<number> =>
  storage.deleteExperiment(experiment);

const aFreeId = (store: FilledStore): string => `nobody-${store.next()}`;

/** Calls that are about experiments, their algorithm locks, benchmarks, and the storage itself. */
export const experimentProbes: Readonly<Record<ExperimentMethod, Ways>> = {
  createBenchmark: {
    one: flat({
      before: (store) => ({ name: `passing-${store.next()}` }),
      call: ({ storage }, benchmark) => storage.createBenchmark(benchmark),
      after: ({ storage }, { name }) => storage.deleteBenchmark({ name }),
    }),
  },
  fetchBenchmark: { one: flat({ call: ({ storage }) => storage.fetchBenchmark({ name: 'benchmark' }) }) },
  deleteBenchmark: {
    one: flat({
      before: (store) => store.storage.createBenchmark({ name: `passing-${store.next()}` }),
      call: ({ storage }, { name }) => storage.deleteBenchmark({ name }),
    }),
  },
  createExperiment: {
    one: flat({
      call: anExperiment,
      after: removed,
    }),
  },
  updateExperiment: {
    one: flat({
      call: ({ storage, experiment }) => storage.updateExperiment(experiment, { 'metadata.rank': 1 }),
    }),
  },
  fetchExperiments: {
    'one, by its name': flat({
      call: ({ storage }) => storage.fetchExperiments({ name: EXPERIMENT, version: 1 }),
    }),
  },
  initializeAlgorithmLock: {
    one: flat({
      before: aFreeId,
      call: async ({ storage }, id) => storage.initializeAlgorithmLock(id, null),
      after: ({ storage }, _, uid) => storage.deleteAlgorithmLock({ uid }),
    }),
  },
  acquireAlgorithmLock: {
    'with a new state': flat({
      call: ({ storage, experiment }) =>
        storage.acquireAlgorithmLock(experiment, (locked) => locked.setState({ seed: 1 })),
    }),
  },
  releaseAlgorithmLock: {
    one: flat({ call: ({ storage, experiment }) => storage.releaseAlgorithmLock(experiment) }),
  },
  getAlgorithmLockInfo: {
    one: flat({ call: ({ storage, experiment }) => storage.getAlgorithmLockInfo(experiment) }),
  },
  deleteAlgorithmLock: {
    one: flat({
      before: async (store) => {
        const uid = aFreeId(store);
        await store.storage.initializeAlgorithmLock(uid, null);
        return { uid };
      },
      call: ({ storage }, ref) => storage.deleteAlgorithmLock(ref),
    }),
  },
  close: {
    // Once in a turn, in small stores too: a second call costs a fraction of the first.
    'of a storage': {
      ...flatAfterAll({
        before: (store) => store.openAnother(),
        call: (_, another: StorageProtocol) => another.close(),
      }),
      most: 1,
    },
  },
  deleteExperiment: {
    'without trials': flat({ before: anExperiment, call: removed }),
    [`with ${TRIALS} trials`]: flatFew(5, {
      before: async (store) => {
        const experiment = await anExperiment(store);
        const trials = Array.from({ length: TRIALS }, () => store.freshTrial(experiment._id));
        await store.storage.registerTrials(trials);
        return experiment;
      },
      call: removed,
    }),
    'with all its trials': writesAllAtLast(({ storage, experiment }) => storage.deleteExperiment(experiment)),
  },
};

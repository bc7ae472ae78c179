import type { StorageProtocol } from '../../storage-protocol.js';
import { newTrial, objective } from './trials.js';

type Method = Exclude<keyof StorageProtocol, 'close' | typeof Symbol.asyncDispose>;

const ref = { uid: 1 };
const trial = { id: 'a', experiment: 1, status: 'reserved', results: [objective(1)] } as const;

/** One call of every method but `close`. */
export const everyCall: { readonly [M in Method]: (storage: StorageProtocol) => Promise<unknown> } = {
  createBenchmark: (storage) => storage.createBenchmark({ name: 'b' }),
  fetchBenchmark: (storage) => storage.fetchBenchmark({}),
  deleteBenchmark: (storage) => storage.deleteBenchmark({}),
  createExperiment: (storage) => storage.createExperiment({ name: 'e' }),
  deleteExperiment: (storage) => storage.deleteExperiment(ref),
  updateExperiment: (storage) => storage.updateExperiment(ref, { seen: true }),
  fetchExperiments: (storage) => storage.fetchExperiments({}),
  registerTrial: (storage) => storage.registerTrial(newTrial(1, 0.5)),
  registerTrials: (storage) => storage.registerTrials([newTrial(1, 0.5)]),
  deleteTrials: (storage) => storage.deleteTrials(ref),
  reserveTrial: (storage) => storage.reserveTrial(ref, { worker: 'w' }),
  fetchTrials: (storage) => storage.fetchTrials(ref, { where: { status: 'new' } }),
  updateTrials: (storage) => storage.updateTrials(ref, { worker: 'w' }),
  updateTrial: (storage) => storage.updateTrial(trial, { worker: 'w' }),
  getTrial: (storage) => storage.getTrial(trial),
  fetchLostTrials: (storage) => storage.fetchLostTrials(ref),
  fetchPendingTrials: (storage) => storage.fetchPendingTrials(ref),
  fetchNoncompletedTrials: (storage) => storage.fetchNoncompletedTrials(ref),
  fetchTrialsByStatus: (storage) => storage.fetchTrialsByStatus(ref, 'new'),
  countCompletedTrials: (storage) => storage.countCompletedTrials(ref),
  countBrokenTrials: (storage) => storage.countBrokenTrials(ref),
  watchTrials: (storage) => storage.watchTrials(ref)[Symbol.asyncIterator]().next(),
  retrieveResult: (storage) => storage.retrieveResult(trial),
  pushTrialResults: (storage) => storage.pushTrialResults(trial),
  setTrialStatus: (storage) => storage.setTrialStatus(trial, 'completed'),
  updateHeartbeat: (storage) => storage.updateHeartbeat(trial),
  initializeAlgorithmLock: (storage) => storage.initializeAlgorithmLock(1, {}),
  acquireAlgorithmLock: (storage) => storage.acquireAlgorithmLock(ref, { timeout: 1_000 }, () => undefined),
  releaseAlgorithmLock: (storage) => storage.releaseAlgorithmLock(ref),
  getAlgorithmLockInfo: (storage) => storage.getAlgorithmLockInfo(ref),
  deleteAlgorithmLock: (storage) => storage.deleteAlgorithmLock(ref),
};

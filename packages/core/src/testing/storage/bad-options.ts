import type { StorageProtocol } from '../../storage-protocol.js';
import type { Trial } from '../../trials/trial.js';
import { as, type BadCall } from './bad-call.js';

/** The methods that take options. */
const calls: Readonly<
  Record<string, (storage: StorageProtocol, trial: Trial, options: never) => Promise<unknown>>
> = {
  createExperiment: (storage, _, options) => storage.createExperiment({ name: 'other' }, options),
  updateExperiment: (storage, _, options) => storage.updateExperiment({ uid: 1 }, { seen: true }, options),
  deleteTrials: (storage, _, options) => storage.deleteTrials({ uid: 1 }, options),
  reserveTrial: (storage, _, options) => storage.reserveTrial({ uid: 1 }, options),
  fetchTrials: (storage, _, options) => storage.fetchTrials({ uid: 1 }, options),
  updateTrials: (storage, _, options) => storage.updateTrials({ uid: 1 }, { worker: 'w' }, options),
  updateTrial: (storage, trial, options) => storage.updateTrial(trial, { worker: 'w' }, options),
  watchTrials: async (storage, _, options) =>
    storage.watchTrials({ uid: 1 }, options)[Symbol.asyncIterator]().next(),
  pushTrialResults: (storage, trial, options) => storage.pushTrialResults(trial, options),
  setTrialStatus: (storage, trial, options) => storage.setTrialStatus(trial, 'broken', options),
  acquireAlgorithmLock: (storage, _, options) =>
    storage.acquireAlgorithmLock({ uid: 1 }, options, (locked) => locked.setState({ n: 9 })),
};

/** Options that there are not: the query itself in the place of `where`, for one. Taken for none, they would mean all trials. */
export const badOptions: readonly BadCall[] = Object.entries(calls).flatMap(([method, call]): BadCall[] => [
  [
    `an unknown option of ${method}`,
    'invalid-configuration',
    ({ storage, trial }) => call(storage, trial, as({ id: 'none' })),
  ],
  [
    `options of ${method} that are a text`,
    'invalid-configuration',
    ({ storage, trial }) => call(storage, trial, as('none')),
  ],
]);

import { as, type BadCall } from './bad-call.js';
import { badQueries } from './bad-values.js';

/** Ways to wait for a lock that have no meaning. */
const lockOptions: readonly (readonly [what: string, options: object])[] = [
  ['a timeout that is no number', { timeout: Number.NaN }],
  ['a timeout in words', { timeout: '50' }],
  ['a timeout below 0', { timeout: -1 }],
  ['a pause of no length', { retryInterval: 0 }],
  ['a signal that is none', { signal: new AbortController() }],
];

/** Calls that name nothing, or two things at once, or ask for what has no meaning. */
export const badReferences: readonly BadCall[] = [
  ...badQueries.flatMap(([what, query]): BadCall[] => [
    [`a query with ${what}`, 'invalid-query', ({ storage }) => storage.fetchExperiments({ ...query })],
    [
      `a where with ${what}`,
      'invalid-query',
      ({ storage }) => storage.updateTrials({ uid: 1 }, { worker: 'w' }, { where: { ...query } }),
    ],
    [
      `a removal by ${what}`,
      'invalid-query',
      ({ storage }) => storage.deleteTrials({ uid: 1 }, { where: { ...query } }),
    ],
  ]),
  [
    'a selection that mixes 1 and 0',
    'invalid-query',
    ({ storage }) => storage.fetchExperiments({}, { name: 1, version: 0 }),
  ],
  [
    'a sort order of neither 1 nor -1',
    'invalid-query',
    ({ storage }) => storage.fetchTrials({ uid: 1 }, { sort: as({ id: 'up' }) }),
  ],
  ['a limit below 0', 'invalid-query', ({ storage }) => storage.fetchTrials({ uid: 1 }, { limit: -1 })],
  [
    'a start that is no number',
    'invalid-query',
    ({ storage }) => storage.fetchTrials({ uid: 1 }, { skip: as('2') }),
  ],

  [
    'no experiment at all',
    'missing-arguments',
    ({ storage }) => storage.updateExperiment(as({}), { seen: 1 }),
  ],
  ['nothing for an experiment', 'missing-arguments', ({ storage }) => storage.fetchTrials(as(undefined))],
  [
    'an experiment whose id is null',
    'missing-arguments',
    ({ storage }) => storage.deleteExperiment(as({ _id: null })),
  ],
  [
    'the deletion of the trials of nobody',
    'missing-arguments',
    ({ storage }) => storage.deleteTrials(as({})),
  ],
  [
    'the update of the trials of nobody',
    'missing-arguments',
    ({ storage }) => storage.updateTrials(as({}), { worker: 'w' }),
  ],
  ['a reservation for nobody', 'missing-arguments', ({ storage }) => storage.reserveTrial(as({}))],
  [
    'a trial by its id alone',
    'missing-arguments',
    ({ storage, trial }) => storage.getTrial(as({ uid: trial.id })),
  ],
  [
    'a trial by its experiment alone',
    'missing-arguments',
    ({ storage }) => storage.updateTrial(as({ experimentUid: 1 }), { worker: 'w' }),
  ],
  [
    'an experiment whose id is an operator',
    'missing-arguments',
    ({ storage }) => storage.deleteTrials({ uid: as({ $gt: '' }) }),
  ],
  [
    'a trial whose id is a list',
    'missing-arguments',
    ({ storage, trial }) => storage.getTrial({ uid: as([trial.id]), experimentUid: 1 }),
  ],
  [
    'a new lock for nobody',
    'missing-arguments',
    ({ storage }) => storage.initializeAlgorithmLock(as(undefined), {}),
  ],
  ['the lock of nobody', 'missing-arguments', ({ storage }) => storage.acquireAlgorithmLock(as({}), () => 1)],
  ['the results of no trial', 'missing-arguments', ({ storage }) => storage.pushTrialResults(as(undefined))],
  [
    'the status of no trial',
    'missing-arguments',
    ({ storage }) => storage.setTrialStatus(as(undefined), 'broken', { was: 'reserved' }),
  ],
  ['the heartbeat of no trial', 'missing-arguments', ({ storage }) => storage.updateHeartbeat(as(null))],
  ['the stored results of no trial', 'missing-arguments', ({ storage }) => storage.retrieveResult(as(null))],
  ...lockOptions.map(
    ([what, options]): BadCall => [
      `a lock with ${what}`,
      'invalid-configuration',
      ({ storage }) => storage.acquireAlgorithmLock({ uid: 1 }, as(options), () => 1),
    ],
  ),
  [
    'a lock with nothing to do',
    'invalid-configuration',
    ({ storage }) => storage.acquireAlgorithmLock({ uid: 1 }, as(undefined)),
  ],
  [
    'the release of the lock of nobody',
    'missing-arguments',
    ({ storage }) => storage.releaseAlgorithmLock(as({})),
  ],

  [
    'an experiment and another id',
    'mismatched-id',
    ({ storage }) => storage.updateExperiment(as({ _id: 1, uid: 2 }), { seen: 1 }),
  ],
  [
    'an experiment and its id as a string',
    'mismatched-id',
    ({ storage }) => storage.fetchTrials(as({ _id: 1, uid: '1' })),
  ],
  [
    'the deletion of two experiments',
    'mismatched-id',
    ({ storage }) => storage.deleteExperiment(as({ _id: 1, uid: 2 })),
  ],
  [
    'a trial and another id',
    'mismatched-id',
    ({ storage, trial }) => storage.getTrial(as({ ...trial, uid: 'other' })),
  ],
  [
    'a trial and another experiment',
    'mismatched-id',
    ({ storage, trial }) => storage.updateTrial(as({ ...trial, experimentUid: 2 }), { worker: 'w' }),
  ],
  [
    'the lock of two experiments',
    'mismatched-id',
    ({ storage }) => storage.acquireAlgorithmLock(as({ _id: 1, uid: 2 }), () => 1),
  ],
];

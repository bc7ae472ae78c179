import { as, type BadCall } from './bad-call.js';
import { unstorable } from './bad-values.js';
import { newTrial, objective } from './trials.js';

/** Calls with documents, changes or results that cannot be stored. */
export const badRecords: readonly BadCall[] = [
  ...unstorable.flatMap(([what, value]): BadCall[] => [
    [
      `an experiment with ${what}`,
      'invalid-document',
      ({ storage }) => storage.createExperiment({ name: 'f', metadata: value }),
    ],
    [
      `a benchmark with ${what}`,
      'invalid-document',
      ({ storage }) => storage.createBenchmark({ name: 'f', tasks: value }),
    ],
    [
      `a change to ${what}`,
      'invalid-document',
      ({ storage }) => storage.updateExperiment({ uid: 1 }, { seen: 1, metadata: value }),
    ],
    [
      `a param with ${what}`,
      'invalid-document',
      ({ storage }) =>
        storage.registerTrial({ experiment: 1, params: [{ name: '/x', type: 'categorical', value }] }),
    ],
    [
      `an algorithm state with ${what}`,
      'invalid-document',
      ({ storage }) => storage.acquireAlgorithmLock({ uid: 1 }, (locked) => locked.setState(value)),
    ],
    [
      `a state given with ${what} to a release`,
      'invalid-document',
      ({ storage }) => storage.releaseAlgorithmLock({ uid: 1 }, value),
    ],
  ]),
  ['an experiment that is no object', 'invalid-document', ({ storage }) => storage.createExperiment(as('e'))],
  [
    'an _id that is no string or number',
    'invalid-document',
    ({ storage }) => storage.createExperiment(as({ _id: { a: 1 } })),
  ],

  [
    'a trial with an unknown status',
    'invalid-document',
    ({ storage }) => storage.registerTrial({ ...newTrial(1, 9), status: as('moo') }),
  ],
  [
    'a trial with the status null',
    'invalid-document',
    ({ storage }) => storage.registerTrial({ ...newTrial(1, 9), status: as(null) }),
  ],
  [
    'a trial with an unknown field',
    'invalid-document',
    ({ storage }) => storage.registerTrial(as({ ...newTrial(1, 9), colour: 'red' })),
  ],
  ['trials that are no array', 'invalid-document', ({ storage }) => storage.registerTrials(as(null))],
  [
    'a worker who is no string',
    'invalid-document',
    ({ storage }) => storage.reserveTrial({ uid: 1 }, { worker: as({ $gt: '' }) }),
  ],
  [
    'a heartbeat that is no time',
    'invalid-document',
    ({ storage, trial }) => storage.setTrialStatus(trial, 'completed', { heartbeat: as('now') }),
  ],
  [
    'a heartbeat that is an invalid date',
    'invalid-document',
    ({ storage, trial }) => storage.setTrialStatus(trial, 'completed', { heartbeat: new Date(Number.NaN) }),
  ],
  [
    'an end that is an invalid date',
    'invalid-document',
    ({ storage, trial }) =>
      storage.pushTrialResults({ ...trial, results: [objective(1)], end_time: new Date(Number.NaN) }),
  ],
  [
    'an invalid date as the heartbeat of a new lock',
    'invalid-document',
    ({ storage }) => storage.createExperiment({ name: 'f' }, { algoHeartbeat: new Date(Number.NaN) }),
  ],
  [
    'a trial without params',
    'invalid-document',
    ({ storage }) => storage.registerTrial(as({ experiment: 1 })),
  ],
  [
    'a trial without an experiment',
    'invalid-document',
    ({ storage }) => storage.registerTrial(as({ params: [] })),
  ],
  [
    'a param of an unknown type',
    'invalid-document',
    ({ storage }) =>
      storage.registerTrial({ experiment: 1, params: [{ name: '/x', type: as('moo'), value: 1 }] }),
  ],
  [
    'a time that is no date',
    'invalid-document',
    ({ storage }) => storage.registerTrial({ ...newTrial(1, 9), submit_time: as('today') }),
  ],
  [
    'a result of an unknown type',
    'invalid-result',
    ({ storage }) =>
      storage.registerTrial({ ...newTrial(1, 9), results: [{ name: 'r', type: as('moo'), value: 1 }] }),
  ],
  [
    'a trial whose objective is NaN',
    'invalid-result',
    ({ storage }) => storage.registerTrial({ ...newTrial(1, 9), results: [objective(Number.NaN)] }),
  ],
  [
    'results whose objective is NaN',
    'invalid-result',
    ({ storage, trial }) => storage.pushTrialResults({ ...trial, results: [objective(Number.NaN)] }),
  ],
  [
    'results that are no array',
    'invalid-result',
    ({ storage, trial }) => storage.pushTrialResults({ ...trial, results: as(5) }),
  ],
  [
    'a change to an unknown status',
    'invalid-document',
    ({ storage, trial }) => storage.updateTrial(trial, { status: 'moo' }),
  ],
  [
    'a change of all to the status null',
    'invalid-document',
    ({ storage }) => storage.updateTrials({ uid: 1 }, { status: null }),
  ],
  [
    'a change to an unknown field',
    'invalid-document',
    ({ storage, trial }) => storage.updateTrial(trial, { colour: 'red' }),
  ],
  [
    'a change below a field of a trial',
    'invalid-document',
    ({ storage, trial }) => storage.updateTrial(trial, { 'status.deep': 1 }),
  ],
  [
    'a change to an objective NaN',
    'invalid-result',
    ({ storage, trial }) => storage.updateTrial(trial, { results: [objective(Number.NaN)] }),
  ],
  [
    'a status that is none',
    'invalid-document',
    ({ storage, trial }) => storage.setTrialStatus(trial, as('moo')),
  ],
  ['the status null', 'invalid-document', ({ storage, trial }) => storage.setTrialStatus(trial, as(null))],
  [
    'a former status that is none',
    'invalid-document',
    ({ storage, trial }) => storage.setTrialStatus(trial, 'new', { was: as('moo') }),
  ],
];

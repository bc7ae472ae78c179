import type { ErrorCode } from '../../errors.js';
import type { StorageProtocol } from '../../storage-protocol.js';
import type { Trial } from '../../trial.js';
import { newTrial, objective } from './trials.js';

/** A storage with one experiment, `1`, and a reserved trial of it. */
export interface World {
  readonly storage: StorageProtocol;
  readonly trial: Trial;
}

export type BadCall = readonly [what: string, code: ErrorCode, call: (world: World) => Promise<unknown>];

class Model {
  readonly layers = 3;
}

function cycle(): object {
  const self: Record<string, unknown> = { a: [] };
  self['a'] = [self];
  return self;
}

/** For calls that only plain JavaScript can make. */
function as(value: unknown): never {
  return value as never;
}

const badQueries: readonly (readonly [what: string, query: object])[] = [
  ['an unknown operator', { status: { $regexp: 'x' } }],
  ['an operator that runs code', { $where: 'true' }],
  ['an expression', { $expr: { $eq: ['$a', 1] } }],
  [
    'an unknown operator deep in a query',
    { $or: [{ a: 1 }, { b: { $not: { $elemMatch: { c: { $near: 1 } } } } }] },
  ],
  ['$in without an array', { status: { $in: 'new' } }],
  ['$or without an array', { $or: { a: 1 } }],
  ['an empty $and', { $and: [] }],
  ['$mod with one number', { rank: { $mod: [2] } }],
  ['$regex that is no pattern', { id: { $regex: '(' } }],
  ['$type that is no type', { id: { $type: 'moo' } }],
  ['$size that is no count', { tags: { $size: -1 } }],
];

export const unstorable: readonly (readonly [what: string, value: unknown, path: string])[] = [
  ['a function', { deep: [() => 1] }, 'deep[0]'],
  ['a symbol', { deep: Symbol('s') }, 'deep'],
  ['an instance of a class', { deep: { model: new Model() } }, 'deep.model'],
  ['a promise', { deep: [1, Promise.resolve()] }, 'deep[1]'],
  ['a regular expression', { deep: /x/ }, 'deep'],
  ['a large integer', { deep: 1n }, 'deep'],
  ['a cycle', { deep: cycle() }, 'deep'],
];

export const badCalls: readonly BadCall[] = [
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
  ['the lock of nobody', 'missing-arguments', ({ storage }) => storage.acquireAlgorithmLock(as({}), () => 1)],
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

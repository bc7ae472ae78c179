/** A MongoDB query, as Trialbase, sift and mingo all take it. */
export type MongoQuery = Readonly<Record<string, unknown>>;

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));

/** What the storage asks, and what its users write. */
export const protocolQueries: Readonly<Record<string, MongoQuery>> = {
  'all trials of an experiment': { experiment: 'e1' },
  'pending trials': { experiment: 'e1', status: { $in: ['new', 'suspended', 'interrupted'] } },
  'trials by status': { experiment: 'e1', status: 'completed' },
  'trials not completed': { experiment: 'e1', status: { $ne: 'completed' } },
  'one trial': { experiment: 'e1', id: 'id-77' },
  'one trial by _id': { _id: 'trial-77' },
  'a held trial': { experiment: 'e1', id: 'id-77', status: 'reserved', reservation: 'r77' },
  'lost trials': { experiment: 'e1', status: 'reserved', heartbeat: { $lte: day(15) } },
  'good results': { 'results.value': { $lt: 0.1 } },
  'good results of an experiment': { experiment: 'e1', status: 'completed', 'results.value': { $lt: 0.1 } },
  'a good objective': { results: { $elemMatch: { type: 'objective', value: { $lt: 0.1 } } } },
  'a small learning rate': { params: { $elemMatch: { name: '/lr', value: { $lt: 1e-3 } } } },
  'a param by name': { 'params.name': '/lr' },
  'submitted in a week': { submit_time: { $gte: day(8), $lt: day(15) } },
  'either status': { $or: [{ status: 'new' }, { status: 'broken' }] },
  'a worker': { worker: { $in: ['w1', 'w3'] }, end_time: null },
};

/** Each operator by itself, and the kinds of operand that matter to it. */
export const operatorQueries: Readonly<Record<string, MongoQuery>> = {
  $eq: { status: { $eq: 'new' } },
  '$eq number': { rank: 7 },
  '$eq null': { end_time: null },
  '$eq date': { heartbeat: day(3) },
  '$eq object': { metadata: { user: 'u1', tags: ['a', 'b'] } },
  '$eq array': { 'metadata.tags': ['a', 'b'] },
  '$eq in array': { 'metadata.tags': 'b' },
  $ne: { status: { $ne: 'new' } },
  '$gt number': { rank: { $gt: 50 } },
  '$gt string': { status: { $gt: 'n' } },
  $gte: { rank: { $gte: 50 } },
  $lt: { rank: { $lt: 50 } },
  $lte: { heartbeat: { $lte: day(9) } },
  $in: { status: { $in: ['new', 'broken'] } },
  '$in numbers': { rank: { $in: [1, 2, 3, 5, 8, 13, 21, 34, 55, 89] } },
  '$in thousands': { id: { $in: Array.from({ length: 5_000 }, (_, i) => `id-${i * 3}`) } },
  $nin: { status: { $nin: ['new', 'broken'] } },
  $and: { $and: [{ status: 'new' }, { rank: { $gt: 50 } }] },
  $or: { $or: [{ status: 'new' }, { rank: { $gt: 50 } }] },
  $nor: { $nor: [{ status: 'new' }, { rank: { $gt: 50 } }] },
  $not: { rank: { $not: { $gt: 50 } } },
  $exists: { worker: { $exists: true } },
  '$exists false': { nothing: { $exists: false } },
  $type: { rank: { $type: 'number' } },
  $all: { 'metadata.tags': { $all: ['a', 'b'] } },
  $size: { results: { $size: 3 } },
  '$elemMatch of fields': { params: { $elemMatch: { name: '/lr' } } },
  '$elemMatch of values': { 'metadata.tags': { $elemMatch: { $gt: 'a' } } },
  $mod: { rank: { $mod: [4, 0] } },
  $regex: { id: { $regex: '7$' } },
  'a deep path': { 'metadata.vcs.head': 'abc3' },
  'a position': { 'params.0.name': '/lr' },
  everything: {},
};

const statuses = ['new', 'reserved', 'suspended', 'completed', 'interrupted', 'broken'];

/** A trial as the storage keeps it: 4 params, 3 results. */
export function trial(i: number): object {
  const result = (name: string, type: string, value: number): object => ({ name, type, value });
  const param = (name: string, type: string, value: unknown): object => ({ name, type, value });
  return {
    _id: `trial-${i}`,
    id: `id-${i}`,
    experiment: i % 4 === 0 ? 'e2' : 'e1',
    status: statuses[i % statuses.length],
    worker: i % 3 === 0 ? null : `w${i % 5}`,
    submit_time: day(i % 28),
    start_time: day(i % 28),
    end_time: i % 2 === 0 ? null : day(i % 28),
    heartbeat: day(i % 30),
    reservation: `r${i}`,
    parent: null,
    rank: i % 100,
    metadata: { user: `u${i % 3}`, tags: ['a', 'b'], vcs: { head: `abc${i % 7}`, dirty: false } },
    params: [
      param('/lr', 'real', 10 ** -(1 + (i % 5))),
      param('/units', 'integer', 2 ** (i % 9)),
      param('/activation', 'categorical', ['relu', 'tanh'][i % 2]),
      param('/dropout', 'real', (i % 8) / 10),
    ],
    results: [
      result('loss', 'objective', (i % 97) / 97),
      result('time', 'statistic', i % 60),
      result('memory', 'statistic', (i % 16) * 1e6),
    ],
  };
}

/** What is more than its fields. */
class Model {
  readonly layers = 3;

  depth(): number {
    return this.layers;
  }
}

/** Queries that have no meaning. */
export const badQueries: readonly (readonly [what: string, query: object])[] = [
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
  ['an operand of ten thousand levels', { 'metadata.a': nested(10_000) }],
  ['ten thousand $and in one another', logic('$and', 10_000)],
  ['a path of ten thousand steps', { [Array.from({ length: 10_000 }, () => 'a').join('.')]: 1 }],
];

function logic(operator: string, levels: number): object {
  let query: object = { a: 1 };
  for (let i = 0; i < levels; i++) query = { [operator]: [query] };
  return query;
}

/** Values that no store can keep, with the path that the error for each must name. */
export const unstorable: readonly (readonly [what: string, value: unknown, path: string])[] = [
  ['a function', { deep: [() => 1] }, 'deep[0]'],
  ['a symbol', { deep: Symbol('s') }, 'deep'],
  ['an instance of a class', { deep: { model: new Model() } }, 'deep.model'],
  ['a promise', { deep: [1, Promise.resolve()] }, 'deep[1]'],
  ['a regular expression', { deep: /x/ }, 'deep'],
  ['a large integer', { deep: 1n }, 'deep'],
  ['a cycle', { deep: cycle() }, 'deep'],
  ['an invalid date', { deep: [{ at: new Date(Number.NaN) }] }, 'deep[0].at'],
  ['a getter that throws', { deep: [0, withThrowingGetter()] }, 'deep[1]'],
  ['ten thousand levels', { deep: nested(10_000) }, 'deep'],
];

function withThrowingGetter(): object {
  return {
    get value(): never {
      throw new Error('not now');
    },
  };
}

/** An array in an object in an array and so on. */
function nested(levels: number): unknown {
  let value: unknown = 'the bottom';
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}

function cycle(): object {
  const self: Record<string, unknown> = { a: [] };
  self['a'] = [self];
  return self;
}

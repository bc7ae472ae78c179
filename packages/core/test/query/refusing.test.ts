import { describe, expect, it } from 'vitest';
import { InvalidQueryError } from '../../src/errors.js';
import { parseQuery } from '../../src/query/parse.js';
import { parseSelection } from '../../src/query/parse-selection.js';
import { parseSort } from '../../src/query/parse-sort.js';

class Model {
  readonly name = 'resnet';
}

const invalidQueries: readonly (readonly [query: unknown, names: readonly string[]])[] = [
  ['text', ['query', '"text"']],
  [[], ['query']],
  [new Model(), ['query']],
  [{ $where: 'true' }, ['$where']],
  [{ $expr: {} }, ['$expr']],
  [{ a: { $near: 1 } }, ["'a'", '$near']],
  [{ 'a.b': { $gt: 1, c: 2 } }, ["'a.b'", '"c"']],
  [{ a: { c: 2, $gt: 1 } }, ["'a'", '"c"']],
  [{ a: { $not: { $size: 1, c: 2 } } }, ["'$not'", '"c"']],
  [{ $gt: 1 }, ['$gt']],
  [{ $not: { a: 1 } }, ['$not']],
  [{ $and: [] }, ['$and']],
  [{ $or: { a: 1 } }, ['$or']],
  [{ $nor: [1] }, ["'$nor'[0]"]],
  [{ $and: [{ a: 1 }, { b: { $foo: 1 } }] }, ["'$and'[1]", "'b'", '$foo']],
  [{ a: { $in: 'text' } }, ["'a'", '$in', '"text"']],
  [{ a: { $nin: null } }, ['$nin']],
  [{ a: { $in: [1, { $gt: 1 }] } }, ["'$in'[1]"]],
  [{ a: { $all: 1 } }, ['$all']],
  [{ a: { $all: [{ $elemMatch: {} }, 1] } }, ["'$all'[1]", '$elemMatch']],
  [{ a: { $all: [{ $gt: 1 }] } }, ["'$all'[0]"]],
  [{ a: { $size: -1 } }, ['$size', '-1']],
  [{ a: { $size: 1.5 } }, ['$size']],
  [{ a: { $size: '1' } }, ['$size']],
  [{ a: { $exists: 'yes' } }, ['$exists', '"yes"']],
  [{ a: { $type: 'regex' } }, ['$type', '"regex"', 'binData']],
  [{ a: { $type: [] } }, ['$type']],
  [{ a: { $type: ['int', 99] } }, ['$type', '99']],
  [{ a: { $mod: [0, 1] } }, ['$mod']],
  [{ a: { $mod: [0.5, 1] } }, ['$mod']],
  [{ a: { $mod: [2] } }, ['$mod']],
  [{ a: { $mod: [2, 1, 0] } }, ['$mod']],
  [{ a: { $mod: ['2', 1] } }, ['$mod']],
  [{ a: { $mod: [2, Number.NaN] } }, ['$mod']],
  [{ a: { $regex: 1 } }, ['$regex']],
  [{ a: { $regex: '(' } }, ['$regex', '(']],
  [{ a: { $regex: 'x', $options: 'y' } }, ['$regex', "'y'"]],
  [{ a: { $regex: 'x', $options: 1 } }, ['$options']],
  [{ a: { $regex: /x/i, $options: 'm' } }, ['$options']],
  [{ a: /x/y }, ["'a'", "'y'"]],
  [{ a: { $options: 'i' } }, ['$options', '$regex']],
  [{ a: { $not: 1 } }, ['$not']],
  [{ a: { $not: {} } }, ['$not']],
  [{ a: { $elemMatch: 1 } }, ['$elemMatch']],
  [{ a: { $elemMatch: { $gt: 1, b: 1 } } }, ['$elemMatch', '"b"']],
  [{ a: { $eq: /x/ } }, ['$eq', '/x/', '$regex']],
  [{ a: { $ne: /x/ } }, ['$ne']],
  [{ a: { $gt: /x/ } }, ['$gt']],
  [{ a: undefined }, ["'a'", 'undefined']],
  [{ a: { b: () => 1 } }, ["'a'", "'b'", 'function']],
  [{ a: [1, Symbol('s')] }, ["'a'[1]", 'symbol']],
  [{ a: { $in: [1, 2n] } }, ["'$in'[1]", 'bigint']],
  [{ a: { $eq: new Model() } }, ["'a'"]],
  [{ a: new Map() }, ["'a'"]],
  [{ a: new Date(Number.NaN) }, ["'a'"]],
];

const invalidSelections: readonly (readonly [selection: unknown, names: readonly string[]])[] = [
  ['a', ['selection']],
  [['a'], ['selection']],
  [{ a: 2 }, ["'a'", '2']],
  [{ a: '1' }, ["'a'"]],
  [{ a: null }, ["'a'"]],
  [{ a: {} }, ["'a'"]],
  [{ a: { b: 1, c: 0 } }, ["'c'"]],
  [{ a: 1, b: 0 }, ["'b'"]],
  [{ a: 0, b: 1 }, ["'b'"]],
  [{ a: 1, 'a.b': 1 }, ["'a.b'"]],
  [{ 'a.b': 1, a: 1 }, ["'a'"]],
  [{ a: { b: 1 }, 'a.b': 1 }, ["'a.b'"]],
  [{ _id: 1, '_id.x': 1 }, ["'_id'"]],
  [{ a: { $slice: 1 } }, ['$slice']],
  [{ 'a.$': 1 }, ["'a.$'"]],
];

const invalidSorts: readonly (readonly [sort: unknown, names: readonly string[]])[] = [
  [undefined, ['sort order']],
  [['a'], ['sort order']],
  [{ a: 0 }, ["'a'"]],
  [{ a: 'asc' }, ["'a'", '"asc"']],
  [{ $natural: 1 }, ['$natural']],
];

describe.each([
  ['query', parseQuery, invalidQueries],
  ['selection', parseSelection, invalidSelections],
  ['sort order', parseSort, invalidSorts],
])('the %s', (_what, parse, table) => {
  it.each(table)('%o is refused, and the message names %j', (input, names) => {
    const refusal = refusalOf(() => parse(input));
    expect(refusal).toBeInstanceOf(InvalidQueryError);
    for (const name of names) expect(refusal?.message).toContain(name);
  });
});

describe('a query that is too deep', () => {
  const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown => {
    let query: unknown = 1;
    for (let i = 0; i < depth; i++) query = wrap(query);
    return query;
  };
  const cyclic: Record<string, unknown> = {};
  cyclic['a'] = cyclic;

  it.each<[string, unknown]>([
    ['by $and', nested(100_000, (inner) => ({ $and: [inner] }))],
    ['by $not', { a: nested(100_000, (inner) => ({ $not: inner })) }],
    ['by $elemMatch', { a: nested(100_000, (inner) => ({ $elemMatch: inner })) }],
    ['by objects', { a: nested(100_000, (inner) => ({ b: inner })) }],
    ['by arrays', { a: { $eq: nested(100_000, (inner) => [inner]) } }],
    ['by its path', { ['a.'.repeat(100_000)]: 1 }],
    ['by positions', { [`a${'.0'.repeat(11)}`]: 1 }],
    ['by a cycle', cyclic],
  ])('%s is refused in few words', (_how, query) => {
    const refusal = refusalOf(() => parseQuery(query));
    expect(refusal).toBeInstanceOf(InvalidQueryError);
    expect(refusal?.message.length).toBeLessThan(1_000);
  });

  it('is one of more than a hundred levels', () => {
    expect(refusalOf(() => parseQuery({ a: nested(98, (inner) => ({ b: inner })) }))).toBeUndefined();
    expect(refusalOf(() => parseQuery({ a: nested(101, (inner) => ({ b: inner })) }))).toBeInstanceOf(
      InvalidQueryError,
    );
  });
});

function refusalOf(parse: () => unknown): Error | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

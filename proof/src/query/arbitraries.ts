import type { Fields } from '@trialbase/core/adapter';
import * as fc from 'fast-check';

const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -1, max: 3 }) },
  { weight: 2, arbitrary: fc.constantFrom('', 'x', 'y', 'xy', '1', 'X') },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, 0.5, -0, Number.NaN, Number.POSITIVE_INFINITY) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 2).map((time) => new Date(time)) },
);

const field = fc.oneof({ weight: 12, arbitrary: fc.constantFrom('a', 'b', 'c') }, fc.constant('a.b'));

/** Values of every kind that a document holds, small enough for two of them to be the same now and then. */
export const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 3, arbitrary: scalar },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 2, arbitrary: fc.dictionary(field, tie('value'), { maxKeys: 2, noNullPrototype: true }) },
  ),
})).value;

export const document: fc.Arbitrary<Fields> = fc.dictionary(field, value, { noNullPrototype: true });

/** Paths into the fields of {@link document}, and beside them. */
export const path: fc.Arbitrary<string> = fc.constantFrom(
  'a',
  'b',
  'a.b',
  'a.c',
  'b.a',
  'a.0',
  'b.1',
  'a.0.b',
  'a.b.c',
  'a.b.0',
  'c.0.1',
);

const typeName = fc.constantFrom(
  'null',
  'bool',
  'number',
  'string',
  'date',
  'array',
  'object',
  'double',
  'int',
);

const leafOperators: fc.Arbitrary<Fields> = fc.oneof(
  fc.record({ $eq: value }),
  fc.record({ $ne: value }),
  fc.record({ $gt: value }),
  fc.record({ $gte: value }),
  fc.record({ $lt: value }),
  fc.record({ $lte: value }),
  fc.record({ $in: fc.array(value, { maxLength: 3 }) }),
  fc.record({ $nin: fc.array(value, { maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $type: fc.oneof(typeName, fc.array(typeName, { minLength: 1, maxLength: 2 })) }),
  fc.record({ $size: fc.nat({ max: 3 }) }),
  fc.record({ $all: fc.array(value, { maxLength: 2 }) }),
  fc.record({ $mod: fc.tuple(fc.constantFrom(2, 3, -2, 1.5), fc.constantFrom(0, 1, -1)) }),
  fc.record({ $regex: fc.constantFrom('x', '^y', '', '(x|y)+$') }),
);

/** MongoDB queries over the fields of {@link document}. */
export const query: fc.Arbitrary<Fields> = fc.letrec<{ query: Fields; operators: Fields }>((tie) => ({
  operators: fc.oneof(
    { maxDepth: 3 },
    { weight: 6, arbitrary: leafOperators },
    {
      weight: 1,
      arbitrary: fc.tuple(leafOperators, leafOperators).map((both): Fields => Object.assign({}, ...both)),
    },
    { weight: 1, arbitrary: fc.record({ $not: tie('operators') }) },
    { weight: 2, arbitrary: fc.record({ $elemMatch: fc.oneof(tie('query'), tie('operators')) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        $all: fc.array(fc.record({ $elemMatch: tie('query') }), { minLength: 1, maxLength: 2 }),
      }),
    },
  ),
  query: fc.oneof(
    { maxDepth: 3 },
    {
      weight: 6,
      arbitrary: fc.dictionary(path, fc.oneof(value, tie('operators')), {
        maxKeys: 2,
        noNullPrototype: true,
      }),
    },
    { weight: 1, arbitrary: fc.record({ $and: fc.array(tie('query'), { minLength: 1, maxLength: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ $or: fc.array(tie('query'), { minLength: 1, maxLength: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ $nor: fc.array(tie('query'), { minLength: 1, maxLength: 2 }) }) },
  ),
})).query;

import * as fc from 'fast-check';

/** Strings that have been trouble somewhere: prototypes, tags, dots, lone surrogates. */
const strings = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toJSON',
    'a.b',
    '',
    '$',
    '$$',
    '$date',
    '$$date',
    '$map',
    '$bytes',
    '\ud800',
    '\udfff\ud800',
    '"$',
    '\u2028',
  ),
);

const numbers = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 2 ** 53, 5e-324),
);

const typedArrays = fc.oneof(
  fc.uint8Array(),
  fc.uint8ClampedArray(),
  fc.int16Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
);

/** Any value that can be stored. */
export const storableValues: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    strings,
    numbers,
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }),
    typedArrays,
    fc.array(tie('value')),
    fc.dictionary(strings, tie('value'), { noNullPrototype: true }),
    fc.array(fc.tuple(tie('value'), tie('value'))).map((entries) => new Map(entries)),
    fc.array(tie('value')).map((elements) => new Set(elements)),
  ),
})).value;

/** An array around an array around ..., `depth` levels of it. */
export function nested(depth: number): unknown[] {
  let value: unknown[] = [];
  for (let level = 1; level < depth; level++) value = [value];
  return value;
}

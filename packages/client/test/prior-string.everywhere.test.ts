import { InvalidConfigurationError } from '@trialbase/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  categorical,
  type Dimension,
  fidelity,
  integer,
  normal,
  parsePrior,
  priorString,
  real,
} from '../src/index.js';

const pairs: readonly (readonly [string, Dimension])[] = [
  ['uniform(0.0, 1.0)', real(0, 1)],
  ['uniform(-2.5, 1e+16)', real(-2.5, 1e16)],
  ['loguniform(1e-05, 1.0)', real(1e-5, 1, { log: true })],
  ['uniform(0.0, 1.0, default_value=0.5, precision=2)', real(0, 1, { default: 0.5, precision: 2 })],
  ['uniform(0.0, 1.0, precision=None)', real(0, 1, { precision: null })],
  ['uniform(0.0, 1.0, shape=3)', real(0, 1, { shape: 3 })],
  [
    'uniform(0.0, 1.0, shape=(2, 1), default_value=[[0.5], [1.0]])',
    real(0, 1, { shape: [2, 1], default: [[0.5], [1]] }),
  ],
  ['uniform(1, 8, discrete=True)', integer(1, 8)],
  ['loguniform(8, 512, default_value=64, discrete=True)', integer(8, 512, { log: true, default: 64 })],
  ['normal(0.0, 0.1)', normal(0, 0.1)],
  ['normal(10.0, 2.0, discrete=True)', normal(10, 2, { discrete: true })],
  ["choices(['relu', 'tanh'])", categorical(['relu', 'tanh'])],
  ["choices(['relu', 'tanh'], default_value='tanh')", categorical(['relu', 'tanh'], { default: 'tanh' })],
  ["choices({'adam': 0.8, 'sgd': 0.2})", categorical({ adam: 0.8, sgd: 0.2 })],
  ["choices([1, 2.5, True, None, 'it\\'s', [1, 2]])", categorical([1, 2.5, true, null, "it's", [1, 2]])],
  ['fidelity(1, 9, base=3)', fidelity(1, 9, 3)],
  ['fidelity(1, 16)', fidelity(1, 16)],
];

describe('priors', () => {
  it.each(pairs)('%s is read as what the functions build', (text, dimension) => {
    expect(parsePrior(text)).toEqual(dimension);
  });

  it.each(pairs.filter(([text]) => !text.includes("\\'")))('%s is how it is written', (text, dimension) => {
    expect(priorString(dimension)).toBe(text);
  });

  it.each([
    ['loguniform(1e-5, 1.0)', real(1e-5, 1, { log: true })],
    ['  uniform ( 1 ,8 , discrete = True, ) ', integer(1, 8)],
    ['reciprocal(1e-5, 1)', real(1e-5, 1, { log: true })],
    ['gaussian(0, 1)', normal(0, 1)],
    ['normal(loc=0, scale=1)', normal(0, 1)],
    ['uniform(0.5, 7.5, discrete=True)', integer(0, 8)],
    ['choices(\'a\', "b")', categorical(['a', 'b'])],
    ["choices(('a', 'b'))", categorical(['a', 'b'])],
    ['choices({"a": .5, "b": 5e-1})', categorical({ a: 0.5, b: 0.5 })],
    ["choices(['\\x41\\u00e9\\n\\\\'])", categorical(['Aé\n\\'])],
    ['uniform(-1_000, +1_000, discrete=True)', integer(-1000, 1000)],
    ['uniform(0, 1, shape=(3,))', real(0, 1, { shape: 3 })],
    ['uniform(0, 1, default_value=None)', real(0, 1)],
    ['fidelity(low=1, high=4)', fidelity(1, 4)],
    ["choices({'a': 0.17, 'b': 0.17, 'c': 0.67})", categorical({ a: 0.17, b: 0.17, c: 0.67 })],
  ] as const)('%s is understood too', (text, dimension) => {
    expect(parsePrior(text)).toEqual(dimension);
  });

  it('are the same after being written and read, whatever their numbers and texts are', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 });
    const category = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      number.filter((n) => !Object.is(n, -0)),
      fc.boolean(),
    );
    const dimensions: fc.Arbitrary<Dimension> = fc.oneof(
      fc
        .tuple(number, number)
        .filter(([a, b]) => a < b)
        .map(([a, b]) => real(a, b, { default: a })),
      fc
        .tuple(fc.integer(), fc.integer())
        .filter(([a, b]) => a < b)
        .map(([a, b]) => integer(a, b)),
      fc
        .uniqueArray(category, { minLength: 1, selector: (value) => JSON.stringify(value) })
        .map((values) => categorical(values)),
    );
    fc.assert(
      fc.property(dimensions, (dimension) => {
        expect(parsePrior(priorString(dimension))).toEqual(dimension);
      }),
    );
  });
});

describe('a prior that is wrong', () => {
  it.each([
    ['unifrom(0, 1)', 1, 'uniform, loguniform, reciprocal, normal, gaussian, choices, fidelity'],
    ['__proto__(0, 1)', 1, "no prior called '__proto__'"],
    ['uniform', 8, "'('"],
    ['uniform(0, 1', 13, "')'"],
    ['uniform(0, 1) + 1', 15, 'nothing more'],
    ['uniform(0, one)', 12, 'a number'],
    ['uniform(0, 1, 2)', 15, 'takes 2 values'],
    ['uniform(0)', 10, "needs 'high'"],
    ['uniform("a", 1)', 9, "'low' is a number"],
    ['uniform(0, 1, colour=2)', 22, "has no 'colour'"],
    ['uniform(0, 1, discrete=1)', 24, 'True or False'],
    ['uniform(0, 1, low=2)', 9, 'twice'],
    ['uniform(0, 1, shape=2, shape=3)', 24, 'twice'],
    ['uniform(low=0, 1)', 16, 'cannot follow'],
    ['uniform(2, 1)', 1, 'below'],
    ['loguniform(0, 1)', 1, 'above 0'],
    ['normal(0, 0)', 1, 'deviation above 0'],
    ['uniform(0, 1, precision=0)', 1, 'significant digits'],
    ['uniform(0, 1, default_value=2)', 1, '2 as its default'],
    ["uniform(0, 1, shape='x')", 1, 'shape'],
    ['choices()', 9, 'needs its values'],
    ['choices([])', 1, 'at least one'],
    ["choices(['a', 'a'])", 1, 'more than once'],
    ["choices({'a': 0.5, 'b': 0.1})", 1, 'add up to 1'],
    ["choices({'a': 'x'})", 1, 'probabilities'],
    ["choices(['\\q'])", 11, 'escape'],
    ["choices(['a)", 10, 'expected'],
    ['fidelity(0, 9)', 1, 'above 0'],
    [`choices(${'['.repeat(100_000)}`, 42, 'nested too deeply'],
    ['uniform(0, 1) # __import__("os")', 15, 'nothing more'],
  ] as const)('%s is refused at character %i', (text, position, says) => {
    const parse = (): Dimension => parsePrior(text);
    expect(parse).toThrow(InvalidConfigurationError);
    expect(parse).toThrow(`at character ${position}:`);
    expect(parse).toThrow(says);
  });

  it('is an error of the functions as well', () => {
    expect(() => real(1, 0)).toThrow(InvalidConfigurationError);
    expect(() => integer(0.5, 2)).toThrow('whole numbers as its bounds');
    expect(() => categorical([])).toThrow('at least one value');
    expect(() => fidelity(4, 1)).toThrow('not below 4');
  });
});

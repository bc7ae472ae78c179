import { InvalidConfigurationError } from '@trialbase/core';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type AnyParams,
  buildSpace,
  type Category,
  categorical,
  countPoints,
  type Dimension,
  integer,
  type ParamsOf,
  parsePrior,
  pointAt,
  pointOf,
  priorString,
  readSpace,
  real,
  type Space,
  type SpaceInput,
  samplePoint,
  seedRandom,
  toParams,
  writeSpace,
} from '../src/index.js';

const optimizers = {
  optimizer: categorical(['adam', 'sgd', 'lion']),
  momentum: real(1e-4, 1, { log: true, when: { optimizer: 'sgd' } }),
  nesterov: categorical([true, false], { when: { optimizer: ['sgd', 'lion'] } }),
  delay: integer(1, 3, { when: { nesterov: true } }),
} as const;
const space = buildSpace(optimizers);

describe('a conditional dimension', () => {
  it('is present only where the dimension that it names has the value, or one of several', () => {
    const random = seedRandom(1);
    const keys = Array.from({ length: 300 }, () => {
      const { optimizer, nesterov, ...rest } = samplePoint(space, random);
      return JSON.stringify([optimizer, nesterov ?? null, ...Object.keys(rest)]);
    });
    expect(new Set(keys)).toEqual(
      new Set([
        '["adam",null]',
        '["sgd",true,"delay","momentum"]',
        '["sgd",false,"momentum"]',
        '["lion",true,"delay"]',
        '["lion",false]',
      ]),
    );
  });

  it('is no param of a trial where it is absent, and the params keep the order of their keys', () => {
    expect(toParams(space, { optimizer: 'adam' })).toEqual([
      { name: '/optimizer', type: 'categorical', value: 'adam' },
    ]);
    const whole = { optimizer: 'sgd', momentum: 0.5, nesterov: true, delay: 2 };
    expect(toParams(space, whole).map(({ name }) => name)).toEqual([
      '/delay',
      '/momentum',
      '/nesterov',
      '/optimizer',
    ]);
    expect(pointOf({ params: toParams(space, whole) })).toEqual(whole);
    expect(toParams(space, { optimizer: 'adam', momentum: undefined })).toHaveLength(1);
  });

  it.each<[AnyParams, string]>([
    [{ optimizer: 'adam', momentum: 0.5 }, 'momentum = 0.5 is given, and its condition does not hold'],
    [{ optimizer: 'sgd', nesterov: true, delay: 1 }, 'momentum = undefined is not in'],
    [{ optimizer: 'lion', nesterov: false, delay: 1 }, 'delay = 1 is given'],
    [{ momentum: 0.5 }, 'momentum = 0.5 is given'],
    [{}, 'optimizer = undefined is not in'],
  ])('makes no point of %o', (point, says) => {
    expect(() => toParams(space, point)).toThrow(InvalidConfigurationError);
    expect(() => toParams(space, point)).toThrow(says);
  });

  it('makes its parameter optional in the types', () => {
    expectTypeOf<ParamsOf<typeof optimizers>>().toEqualTypeOf<{
      readonly optimizer: 'adam' | 'sgd' | 'lion';
      readonly momentum?: number | undefined;
      readonly nesterov?: boolean | undefined;
      readonly delay?: number | undefined;
    }>();
    expectTypeOf<
      ParamsOf<{ a: "uniform(0, 1, when={'b': 1})"; b: 'uniform(0, 1, discrete=True)' }>
    >().toEqualTypeOf<{ readonly a?: number | undefined; readonly b: number }>();
  });

  it('is stored with its condition in the prior', () => {
    const stored = writeSpace(space);
    expect(stored).toEqual({
      '/delay': "uniform(1, 3, discrete=True, when={'nesterov': True})",
      '/momentum': "loguniform(0.0001, 1.0, when={'optimizer': 'sgd'})",
      '/nesterov': "choices([True, False], when={'optimizer': ['sgd', 'lion']})",
      '/optimizer': "choices(['adam', 'sgd', 'lion'])",
    });
    expect(readSpace(stored)).toEqual(space);
  });

  it('may name several dimensions, in any order, and values that are lists', () => {
    const a = real(0, 1, { when: { b: 1, a: [2, 3] } });
    expect(priorString(a)).toBe("uniform(0.0, 1.0, when={'a': [2, 3], 'b': 1})");
    expect(priorString(real(0, 1, { when: { a: [2, 3], b: 1 } }))).toBe(priorString(a));
    const kernels = {
      kernel: categorical([
        [3, 3],
        [5, 5],
      ]),
      x: real(0, 1, { when: { kernel: [[3, 3]] } }),
    };
    expect(priorString(kernels.x)).toBe("uniform(0.0, 1.0, when={'kernel': [[3, 3]]})");
    expect(readSpace(writeSpace(buildSpace(kernels)))).toEqual(buildSpace(kernels));
    expect(toParams(buildSpace(kernels), { kernel: [5, 5] })).toHaveLength(1);
    expect(toParams(buildSpace(kernels), { kernel: [3, 3], x: 0 })).toHaveLength(2);
  });

  const child = (when: Record<string, Category | readonly Category[]>) => real(0, 1, { when });

  it.each<[string, SpaceInput, string]>([
    ['an unknown dimension', { x: child({ y: 1 }) }, '"x" depends on "y", which is not in the space'],
    ['itself', { x: integer(0, 1, { when: { x: 1 } }) }, '"x" depends on itself: x → x'],
    [
      'one that depends on it',
      {
        a: integer(0, 1, { when: { c: 1 } }),
        b: integer(0, 1, { when: { a: 1 } }),
        c: integer(0, 1, { when: { b: 1 } }),
      },
      'depends on itself: a → c → b → a',
    ],
    ['a category that there is not', { x: child({ y: 'b' }), y: categorical(['a']) }, 'which cannot be "b"'],
    ['a number out of bounds', { x: child({ y: [1, 5] }), y: integer(0, 4) }, 'which cannot be 5'],
    ['a real number', { x: child({ y: 1 }), y: real(0, 1) }, 'neither categorical nor integer'],
    ['a fidelity', { x: child({ y: 1 }), y: 'fidelity(1, 9)' }, 'neither categorical nor integer'],
    ['an array', { x: child({ y: 1 }), y: integer(0, 4, { shape: 2 }) }, 'which has a shape'],
  ])('cannot depend on %s', (_, input, says) => {
    expect(() => buildSpace(input)).toThrow(InvalidConfigurationError);
    expect(() => buildSpace(input)).toThrow(says);
  });

  it.each<[unknown, string]>([
    [{}, 'names at least one parameter'],
    [{ y: [] }, 'lists the values it may have, not []'],
    [{ y: { $gt: 1 } }, 'lists the values it may have'],
    [{ y: Number.NaN }, 'lists the values it may have'],
    ['y', '{ optimizer: \'sgd\' }, not "y"'],
    [['y'], "{ optimizer: 'sgd' }"],
  ])('is refused where its condition is %o', (when, says) => {
    expect(() => real(0, 1, { when: when as Record<string, string> })).toThrow(InvalidConfigurationError);
    expect(() => real(0, 1, { when: when as Record<string, string> })).toThrow(says);
  });

  it.each<[string, number, string]>([
    ["uniform(0, 1, when='y')", 20, "'when' is a dict"],
    ['uniform(0, 1, when={1: 2})', 20, "'when' is a dict"],
    ['uniform(0, 1, when={})', 1, 'at least one'],
    ["fidelity(1, 9, when={'y': 1})", 21, "has no 'when'"],
  ])('%s is refused at character %i', (text, position, says) => {
    expect(() => parsePrior(text)).toThrow(`at character ${position}:`);
    expect(() => parsePrior(text)).toThrow(says);
  });

  it('takes any name as data', () => {
    const odd = buildSpace(
      JSON.parse(
        `{"__proto__": "choices([1, 2])", "constructor": "choices([1, 2], when={'__proto__': 1})",
          "toString": "choices([1, 2], when={'constructor': 2})"}`,
      ),
    );
    expect(enumerated(odd).map((point) => Object.keys(point).length)).toEqual([3, 3, 2, 1]);
    expect(toParams(odd, JSON.parse('{"__proto__": 2}'))).toHaveLength(1);
  });
});

describe('a finite space with conditions', () => {
  it('has each point once: an absent dimension multiplies nothing', () => {
    const finite = buildSpace({ ...optimizers, momentum: integer(1, 5, { when: { optimizer: 'sgd' } }) });
    // adam; lion without nesterov, or with 3 delays; sgd with 5 momenta times the same.
    expect(countPoints(finite)).toBe(1 + 4 + 5 * 4);
    expect(countPoints(space)).toBe(1 + 4 + 36_001 * 4);
  });

  it('is counted by its dimensions and not by its points', () => {
    const wide = Array.from({ length: 60 }, (_, i): [string, Dimension][] => [
      [`on${i}`, categorical([true, false], { when: { all: 'yes' } })],
      [`a${i}`, integer(1, 1000, { when: { [`on${i}`]: true } })],
    ]);
    const one = buildSpace({
      all: categorical(['yes', 'no']),
      ...Object.fromEntries(wide.slice(0, 5).flat()),
    });
    expect(countPoints(one)).toBe(1 + 1001 ** 5);
    expect(toParams(one, pointAt(one, 1001 ** 5))).toBeDefined();
    const huge = buildSpace({ all: categorical(['yes', 'no']), ...Object.fromEntries(wide.flat()) });
    expect(countPoints(huge)).toBe(Number.POSITIVE_INFINITY);
    const steps = buildSpace({ n: integer(1, 1e15), x: categorical([1, 2], { when: { n: [3, 5] } }) });
    expect(countPoints(steps)).toBe(1e15 + 2);
    expect([0, 1, 2, 3, 4, 5, 6, 7, 1e15 + 1].map((index) => pointAt(steps, index))).toEqual([
      { n: 3, x: 1 },
      { n: 3, x: 2 },
      { n: 5, x: 1 },
      { n: 5, x: 2 },
      { n: 1 },
      { n: 2 },
      { n: 4 },
      { n: 6 },
      { n: 1e15 },
    ]);
  });
});

/** Spaces of a few small dimensions, each of which may depend on some of those before it in a random order of names. */
const finiteSpaces = fc
  .tuple(
    fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f'], { minLength: 1 }),
    fc.array(
      fc.record({
        kind: fc.constantFrom('integer', 'categorical', 'odds', 'pair'),
        size: fc.integer({ min: 2, max: 3 }),
        depends: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 3 })), { maxLength: 2 }),
      }),
      { minLength: 6, maxLength: 6 },
    ),
  )
  .map(([names, parts]): Space => {
    const input: Record<string, Dimension> = {};
    for (const [i, name] of names.entries()) {
      const { kind, size, depends } = parts[i] as (typeof parts)[number];
      const parents = Object.entries(input).filter(
        ([, dimension]) => dimension.type !== 'fidelity' && dimension.shape.length === 0,
      );
      const when: Record<string, Category[]> = {};
      for (const [which, bits] of depends) {
        const [parent] = parents[which % Math.max(1, parents.length)] ?? [];
        if (parent) when[parent] = [1, 2].filter((value) => bits & value);
      }
      const options = Object.keys(when).length > 0 ? { when } : {};
      if (kind === 'integer') input[name] = integer(1, size, options);
      else if (kind === 'pair') input[name] = integer(1, 2, { shape: 2, ...options });
      else if (kind === 'odds')
        input[name] = parsePrior(priorString(categorical([1, 2, 'x'].slice(0, size), options)));
      else input[name] = categorical([2, 1, 3].slice(0, size), options);
    }
    return buildSpace(input);
  });

function enumerated(one: Space): AnyParams[] {
  return Array.from({ length: countPoints(one) }, (_, i) => pointAt(one, i));
}

/** All points, found the slow way: every combination of values, less what is absent. */
function byHand(one: Space): Set<string> {
  let points: AnyParams[] = [{}];
  for (const { name, dimension } of one) {
    const values = enumerated([{ name, key: name, dimension: { ...dimension, when: {} } as Dimension }]);
    points = points.flatMap((point) => values.map((value) => Object.assign({}, point, value)));
  }
  const holds = (point: AnyParams, name: string): boolean => {
    const { dimension } = one.find((other) => other.name === name) as Space[number];
    return Object.entries(('when' in dimension && dimension.when) || {}).every(
      ([parent, values]) => holds(point, parent) && values.includes(point[parent] as Category),
    );
  };
  return new Set(
    points.map((point) =>
      JSON.stringify(Object.fromEntries(Object.entries(point).filter(([name]) => holds(point, name)))),
    ),
  );
}

describe('any space with conditions', () => {
  it('is gone through point by point, each once, and none is missing', () => {
    fc.assert(
      fc.property(finiteSpaces, (one) => {
        const all = enumerated(one).map((point) => JSON.stringify(point));
        expect(new Set(all).size).toBe(all.length);
        expect(new Set(all)).toEqual(byHand(one));
      }),
    );
  });

  it('is sampled within itself', () => {
    fc.assert(
      fc.property(finiteSpaces, fc.nat(), (one, seed) => {
        const random = seedRandom(seed);
        for (let i = 0; i < 10; i += 1) {
          const point = samplePoint(one, random);
          expect(pointOf({ params: toParams(one, point) })).toEqual(point);
        }
      }),
    );
  });

  it('is the same after being written and read', () => {
    fc.assert(
      fc.property(finiteSpaces, (one) => {
        expect(readSpace(writeSpace(one))).toEqual(one);
      }),
    );
  });
});

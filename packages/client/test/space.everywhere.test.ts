import { InvalidConfigurationError } from '@trialbase/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  buildSpace,
  categorical,
  countPoints,
  type Dimension,
  fidelity,
  integer,
  normal,
  type ParamsOf,
  pointAt,
  pointOf,
  readSpace,
  real,
  sample,
  samplePoint,
  seedRandom,
  toParams,
  writeSpace,
} from '../src/index.js';

const space = buildSpace({
  lr: real(1e-5, 1, { log: true }),
  layers: integer(1, 4),
  act: categorical(['relu', 'tanh']),
  epochs: fidelity(1, 9, 3),
});

describe('a space', () => {
  it('is stored as Orion stores it, in the order of its keys', () => {
    const stored = writeSpace(space);
    expect(stored).toEqual({
      '/act': "choices(['relu', 'tanh'])",
      '/epochs': 'fidelity(1, 9, base=3)',
      '/layers': 'uniform(1, 4, discrete=True)',
      '/lr': 'loguniform(1e-05, 1.0)',
    });
    expect(Object.keys(stored)).toEqual(['/act', '/epochs', '/layers', '/lr']);
    expect(readSpace(stored)).toEqual(space);
  });

  it('may be written with prior strings', () => {
    expect(writeSpace(buildSpace({ lr: 'loguniform(1e-5, 1)' }))).toEqual({
      '/lr': 'loguniform(1e-05, 1.0)',
    });
  });

  it('keeps the names of spaces that Python has stored without a slash', () => {
    const python = readSpace({ x: 'uniform(0, 1)' });
    expect(toParams(python, { x: 0.5 })).toEqual([{ name: 'x', type: 'real', value: 0.5 }]);
    expect(writeSpace(python)).toEqual({ x: 'uniform(0.0, 1.0)' });
  });

  it('makes params of a point, by the types of its dimensions, and a point of params', () => {
    const point = { lr: 0.1, layers: 2, act: 'relu', epochs: 9 };
    const params = toParams(space, point);
    expect(params).toEqual([
      { name: '/act', type: 'categorical', value: 'relu' },
      { name: '/epochs', type: 'fidelity', value: 9 },
      { name: '/layers', type: 'integer', value: 2 },
      { name: '/lr', type: 'real', value: 0.1 },
    ]);
    expect(pointOf({ params })).toEqual(point);
  });

  it.each([
    [{ lr: 2, layers: 2, act: 'relu', epochs: 9 }, 'lr = 2 is not in loguniform(1e-05, 1.0)'],
    [{ lr: 0.1, layers: 2.5, act: 'relu', epochs: 9 }, 'layers = 2.5'],
    [{ lr: 0.1, layers: 2, act: 'gelu', epochs: 9 }, 'act = "gelu"'],
    [{ lr: 0.1, layers: 2, act: 'relu' }, 'epochs = undefined'],
    [{ lr: 0.1, layers: 2, act: 'relu', epochs: 9, x: 1 }, 'no parameter "x"'],
  ])('says what is not in it: %o', (point, says) => {
    expect(() => toParams(space, point)).toThrow(InvalidConfigurationError);
    expect(() => toParams(space, point)).toThrow(says);
  });

  it('refuses what is no space', () => {
    expect(() => buildSpace({})).toThrow('at least one parameter');
    expect(() => buildSpace({ '/lr': real(0, 1) })).toThrow('no leading slash');
    expect(() => buildSpace({ lr: 5 as unknown as Dimension })).toThrow('"lr" is no dimension: 5');
    expect(() => buildSpace({ lr: 'uniform(0)' })).toThrow(InvalidConfigurationError);
    expect(() => readSpace(null)).toThrow(InvalidConfigurationError);
    expect(() => readSpace({ '/x': 'uniform(0, 1)', x: 'uniform(0, 1)' })).toThrow('the same name');
  });

  it('takes any name as data', () => {
    const odd = buildSpace(
      JSON.parse('{"__proto__": "uniform(1, 2, discrete=True)", "constructor": "choices([1])"}'),
    );
    const point = samplePoint(odd, seedRandom(1));
    expect(Object.keys(point)).toEqual(['__proto__', 'constructor']);
    expect(pointOf({ params: toParams(odd, point) })).toEqual(point);
  });
});

describe('its types', () => {
  it('are those of the parameters, without a cast', () => {
    const typed = {
      lr: real(1e-5, 1, { log: true }),
      layers: integer(1, 4),
      act: categorical(['relu', 'tanh']),
      optimizer: categorical({ adam: 0.8, sgd: 0.2 }),
      width: categorical([8, 16, null]),
      noise: normal(0, 1),
      weights: real(0, 1, { shape: 3 }),
      matrix: integer(0, 9, { shape: [2, 2] }),
      epochs: fidelity(1, 9),
    } as const;
    expectTypeOf<ParamsOf<typeof typed>>().toEqualTypeOf<{
      readonly lr: number;
      readonly layers: number;
      readonly act: 'relu' | 'tanh';
      readonly optimizer: 'adam' | 'sgd';
      readonly width: 8 | 16 | null;
      readonly noise: number;
      readonly weights: number[];
      readonly matrix: number[][];
      readonly epochs: number;
    }>();
  });

  it('tell of prior strings what the text tells', () => {
    type Params = ParamsOf<{
      lr: 'loguniform(1e-5, 1)';
      act: "choices(['a'])";
      w: 'uniform(0, 1, shape=2)';
      any: string;
    }>;
    expectTypeOf<Params>().toEqualTypeOf<{
      readonly lr: number;
      readonly act: unknown;
      readonly w: unknown;
      readonly any: unknown;
    }>();
  });

  it('refuse a default of another type', () => {
    // @ts-expect-error: the default is one of the values
    expect(() => categorical(['a', 'b'], { default: 'c' })).toThrow(InvalidConfigurationError);
    // @ts-expect-error: a default has the shape of the dimension
    expect(() => real(0, 1, { shape: 2, default: 0.5 })).toThrow(InvalidConfigurationError);
  });
});

describe('sampling', () => {
  function samples(dimension: Dimension, count = 5000): unknown[] {
    const random = seedRandom(1);
    return Array.from({ length: count }, () => sample(dimension, random));
  }

  function share(values: readonly unknown[], test: (value: number) => boolean): number {
    return (values as number[]).filter(test).length / values.length;
  }

  it('spreads real numbers evenly, or evenly over the orders of magnitude', () => {
    expect(share(samples(real(-1, 3)), (value) => value < 0)).toBeCloseTo(0.25, 1);
    const log = samples(real(1e-4, 1, { log: true }));
    expect(share(log, (value) => value < 1e-2)).toBeCloseTo(0.5, 1);
    expect(share(log, (value) => value >= 1e-4 && value <= 1)).toBe(1);
  });

  it('reaches both ends of whole numbers, each number as likely as the other', () => {
    const values = samples(integer(1, 8));
    for (let number = 1; number <= 8; number += 1) {
      expect(Math.abs(share(values, (value) => value === number) - 1 / 8)).toBeLessThan(0.02);
    }
  });

  it('gives whole numbers on a logarithmic scale the shares that Orion gives them', () => {
    const values = samples(integer(1, 8, { log: true }));
    // Orion cuts [1, 8] into eight equal parts, so a 1 comes from [1, 1.875].
    expect(Math.abs(share(values, (value) => value === 1) - Math.log(1.875) / Math.log(8))).toBeLessThan(
      0.02,
    );
    expect(share(values, (value) => value === 8)).toBeGreaterThan(0);
    expect(share(values, (value) => Number.isInteger(value) && value >= 1 && value <= 8)).toBe(1);
  });

  it('follows the probabilities of categories, and the normal distribution', () => {
    expect(
      samples(categorical({ a: 0.9, b: 0.1 })).filter((value) => value === 'b').length / 5000,
    ).toBeCloseTo(0.1, 1);
    const values = samples(normal(10, 2));
    expect(Math.abs(share(values, (value) => value > 10) - 0.5)).toBeLessThan(0.03);
    expect(Math.abs(share(values, (value) => Math.abs(value - 10) < 2) - 0.683)).toBeLessThan(0.03);
    expect(samples(normal(0, 5, { discrete: true })).every(Number.isInteger)).toBe(true);
  });

  it('rounds to four significant digits as Orion does, or as told, within the bounds', () => {
    expect((samples(real(0, 1)) as number[]).every((value) => Number(value.toPrecision(4)) === value)).toBe(
      true,
    );
    expect(
      (samples(real(0, 1, { precision: null })) as number[]).some(
        (value) => Number(value.toPrecision(4)) !== value,
      ),
    ).toBe(true);
    expect(new Set(samples(real(0.123_456, 0.123_457, { precision: 2 })))).toEqual(new Set([0.123_456]));
  });

  it('gives a dimension with a shape arrays, and a fidelity its highest', () => {
    const [value] = samples(real(0, 1, { shape: [2, 3] })) as number[][][];
    expect(value?.map((row) => row.length)).toEqual([3, 3]);
    expect(sample(fidelity(1, 9), seedRandom(1))).toBe(9);
  });
});

describe('counting', () => {
  it.each([
    ['uniform(1, 8, discrete=True)', 8],
    ['uniform(1, 8, discrete=True, shape=2)', 64],
    ["choices(['a', 'b', 'c'])", 3],
    ["choices({'a': 1.0, 'b': 0.0})", 1],
    ['fidelity(1, 9)', 1],
    ['uniform(1, 2, precision=1)', 2],
    ['loguniform(1, 100, precision=1)', 19],
    ['loguniform(0.16, 0.31, precision=1)', 2],
    ['loguniform(0.001, 1)', 27_001],
    ['uniform(0, 1)', Infinity],
    ['normal(0, 1, discrete=True)', Infinity],
    ['uniform(1, 2, precision=None)', Infinity],
    ['uniform(0, 9007199254740990, discrete=True, shape=2)', Infinity],
  ])('finds that %s has %d values', (prior, count) => {
    expect(countPoints(buildSpace({ x: prior }))).toBe(count);
  });

  it.each([
    'loguniform(0.16, 31, precision=1)',
    'uniform(1, 3, discrete=True, shape=2)',
    "choices({'a': 0.5, 'b': 0.0, 'c': 0.5})",
  ])('goes through exactly those that sampling gives: %s', (prior) => {
    const one = buildSpace({ x: prior, y: integer(1, 2) });
    const text = (value: unknown): string => JSON.stringify(value);
    const counted = Array.from({ length: countPoints(one) }, (_, i) => text(pointAt(one, i)));
    const random = seedRandom(1);
    const drawn = new Set(Array.from({ length: 5000 }, () => text(samplePoint(one, random))));
    expect(new Set(counted).size).toBe(counted.length);
    expect(drawn).toEqual(new Set(counted));
  });
});

import { checkOptions, InvalidConfigurationError } from '@trialbase/core';
import { problemOf } from './check.js';
import { condition, type When } from './condition.js';
import type {
  CategoricalDimension,
  Category,
  Conditional,
  Dimension,
  FidelityDimension,
  NumericDimension,
  Prior,
  Shape,
  Shaped,
} from './dimension.js';

/** The significant digits that Orion rounds real numbers to, unless told otherwise. */
export const DEFAULT_PRECISION = 4;

/** What every dimension may have. */
export interface DimensionOptions<T, S, W = undefined> {
  /** The value to take where this dimension is not searched. */
  readonly default?: T;
  /** Makes each value an array of these sizes. Default: a single value. */
  readonly shape?: S;
  /**
   * Where the dimension is present: `{ optimizer: 'sgd' }` where that categorical or integer dimension has that value, or
   * one of an array of values; of several, where all hold. Elsewhere a trial has no such parameter. Default: everywhere.
   */
  readonly when?: W;
}

const ofAll = ['default', 'shape', 'when'] as const;

/** How the numbers of {@link integer} are spread. */
export interface IntegerOptions<T, S, W = undefined> extends DimensionOptions<T, S, W> {
  /** Whether each order of magnitude is as likely as the other. Default: false. */
  readonly log?: boolean;
}

/** How the numbers of {@link real} are spread and rounded. */
export interface RealOptions<T, S, W = undefined> extends IntegerOptions<T, S, W> {
  /** The significant digits to round to; `null` for no rounding. Default: 4, as in Orion. */
  readonly precision?: number | null;
}

/** How the numbers of {@link normal} are rounded. */
export interface NormalOptions<T, S, W = undefined> extends DimensionOptions<T, S, W> {
  /** The significant digits to round to; `null` for no rounding. Default: 4, as in Orion. */
  readonly precision?: number | null;
  /** Whether the values are whole numbers, rounded down. Default: false. */
  readonly discrete?: boolean;
}

/**
 * Real numbers from `low` to `high`, both included.
 *
 * @throws InvalidConfigurationError if the bounds or the options make no sense. So do all the functions below.
 */
export function real<const S extends Shape | number = readonly [], W extends When | undefined = undefined>(
  low: number,
  high: number,
  options: RealOptions<Shaped<number, S>, S, W> = {},
): Conditional<NumericDimension<Shaped<number, S>>, W> {
  checkOptions('real', options, [...ofAll, 'log', 'precision']);
  const { log = false, precision = DEFAULT_PRECISION } = options;
  const prior: Prior = { name: log ? 'loguniform' : 'uniform', low, high };
  return checked({ type: 'real', prior, precision, ...common(options) });
}

/** Whole numbers from `low` to `high`, both included. */
export function integer<const S extends Shape | number = readonly [], W extends When | undefined = undefined>(
  low: number,
  high: number,
  options: IntegerOptions<Shaped<number, S>, S, W> = {},
): Conditional<NumericDimension<Shaped<number, S>>, W> {
  checkOptions('integer', options, [...ofAll, 'log']);
  const prior: Prior = { name: options.log ? 'loguniform' : 'uniform', low, high };
  return checked({ type: 'integer', prior, precision: null, ...common(options) });
}

/** Numbers of a normal distribution. */
export function normal<const S extends Shape | number = readonly [], W extends When | undefined = undefined>(
  mean: number,
  deviation: number,
  options: NormalOptions<Shaped<number, S>, S, W> = {},
): Conditional<NumericDimension<Shaped<number, S>>, W> {
  checkOptions('normal', options, [...ofAll, 'precision', 'discrete']);
  const { discrete = false, precision = DEFAULT_PRECISION } = options;
  const prior: Prior = { name: 'normal', mean, deviation };
  const type = discrete ? 'integer' : 'real';
  return checked({ type, prior, precision: discrete ? null : precision, ...common(options) });
}

/** One of the values given; each is as likely as the other, unless an object gives their probabilities: `{ adam: 0.8, sgd: 0.2 }`. */
export function categorical<
  const V extends Category,
  const S extends Shape | number = readonly [],
  W extends When | undefined = undefined,
>(
  values: readonly V[],
  options?: DimensionOptions<Shaped<V, S>, S, W>,
): Conditional<CategoricalDimension<Shaped<V, S>>, W>;
export function categorical<
  const V extends string,
  const S extends Shape | number = readonly [],
  W extends When | undefined = undefined,
>(
  probabilities: Readonly<Record<V, number>>,
  options?: DimensionOptions<Shaped<V, S>, S, W>,
): Conditional<CategoricalDimension<Shaped<V, S>>, W>;
export function categorical(
  choices: readonly Category[] | Readonly<Record<string, number>>,
  options: DimensionOptions<unknown, Shape | number, When | undefined> = {},
): CategoricalDimension {
  checkOptions('categorical', options, ofAll);
  const split = Array.isArray(choices)
    ? shares(choices)
    : shares(Object.keys(choices), Object.values(choices));
  return checked({ type: 'categorical', ...split, ...common(options) });
}

/**
 * Categories with their probabilities, even where none are given. Probabilities that are even but for the two decimals
 * that Orion writes are made so.
 */
export function shares(
  values: readonly unknown[],
  probabilities?: readonly unknown[],
): Pick<CategoricalDimension, 'values' | 'probabilities'> {
  const even = 1 / values.length;
  const isEven = (share: unknown, first: unknown): boolean =>
    share === first && Math.abs(Number(share) - even) <= 0.005;
  const given = probabilities?.every((share, _, [first]) => isEven(share, first)) ? undefined : probabilities;
  return {
    values: [...values] as Category[],
    probabilities: [...((given as number[] | undefined) ?? values.map(() => even))],
  };
}

/** From `low` to `high` in levels that grow by the factor `base`: `fidelity(1, 9, 3)` has 1, 3 and 9. */
export function fidelity(low: number, high: number, base = 2): FidelityDimension {
  return checked({ type: 'fidelity', low, high, base });
}

function common<T>(options: DimensionOptions<T, Shape | number, When | undefined>): Common<T> {
  const { shape = [], default: start, when } = options;
  return {
    shape: typeof shape === 'number' ? [shape] : [...shape],
    ...(start === undefined ? {} : { default: start }),
    ...(when === undefined ? {} : { when: condition(when) }),
  };
}

type Common<T> = Pick<NumericDimension<T>, 'shape' | 'default' | 'when'>;

function checked<D extends Dimension, W>(dimension: D): Conditional<D, W> {
  const problem = problemOf(dimension);
  if (problem) throw new InvalidConfigurationError(`A dimension of type '${dimension.type}' ${problem}`);
  return dimension as Conditional<D, W>;
}

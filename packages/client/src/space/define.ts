import { InvalidConfigurationError } from '@trialbase/core';
import { problemOf } from './check.js';
import type {
  CategoricalDimension,
  Category,
  Dimension,
  FidelityDimension,
  NumericDimension,
  Prior,
  Shape,
  Shaped,
} from './dimension.js';

/** The significant digits that Orion rounds real numbers to, unless told otherwise. */
export const DEFAULT_PRECISION = 4;

export interface DimensionOptions<T, S> {
  /** The value to take where this dimension is not searched. */
  readonly default?: T;
  /** Makes each value an array of these sizes. Default: a single value. */
  readonly shape?: S;
}

export interface IntegerOptions<T, S> extends DimensionOptions<T, S> {
  /** Whether each order of magnitude is as likely as the other. Default: false. */
  readonly log?: boolean;
}

export interface RealOptions<T, S> extends IntegerOptions<T, S> {
  /** The significant digits to round to; `null` for no rounding. Default: 4, as in Orion. */
  readonly precision?: number | null;
}

export interface NormalOptions<T, S> extends DimensionOptions<T, S> {
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
export function real<const S extends Shape | number = readonly []>(
  low: number,
  high: number,
  options: RealOptions<Shaped<number, S>, S> = {},
): NumericDimension<Shaped<number, S>> {
  const { log = false, precision = DEFAULT_PRECISION } = options;
  const prior: Prior = { name: log ? 'loguniform' : 'uniform', low, high };
  return checked({ type: 'real', prior, precision, ...common(options) });
}

/** Whole numbers from `low` to `high`, both included. */
export function integer<const S extends Shape | number = readonly []>(
  low: number,
  high: number,
  options: IntegerOptions<Shaped<number, S>, S> = {},
): NumericDimension<Shaped<number, S>> {
  const prior: Prior = { name: options.log ? 'loguniform' : 'uniform', low, high };
  return checked({ type: 'integer', prior, precision: null, ...common(options) });
}

/** Numbers of a normal distribution. */
export function normal<const S extends Shape | number = readonly []>(
  mean: number,
  deviation: number,
  options: NormalOptions<Shaped<number, S>, S> = {},
): NumericDimension<Shaped<number, S>> {
  const { discrete = false, precision = DEFAULT_PRECISION } = options;
  const prior: Prior = { name: 'normal', mean, deviation };
  const type = discrete ? 'integer' : 'real';
  return checked({ type, prior, precision: discrete ? null : precision, ...common(options) });
}

/** One of the values given; each is as likely as the other, unless an object gives their probabilities: `{ adam: 0.8, sgd: 0.2 }`. */
export function categorical<const V extends Category, const S extends Shape | number = readonly []>(
  values: readonly V[],
  options?: DimensionOptions<Shaped<V, S>, S>,
): CategoricalDimension<Shaped<V, S>>;
export function categorical<const V extends string, const S extends Shape | number = readonly []>(
  probabilities: Readonly<Record<V, number>>,
  options?: DimensionOptions<Shaped<V, S>, S>,
): CategoricalDimension<Shaped<V, S>>;
export function categorical(
  choices: readonly Category[] | Readonly<Record<string, number>>,
  options: DimensionOptions<unknown, Shape | number> = {},
): CategoricalDimension {
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

function common<T>(options: DimensionOptions<T, Shape | number>): { shape: Shape; default?: T } {
  const { shape = [] } = options;
  const sizes = typeof shape === 'number' ? [shape] : [...shape];
  return options.default === undefined ? { shape: sizes } : { shape: sizes, default: options.default };
}

function checked<D extends Dimension>(dimension: D): D {
  const problem = problemOf(dimension);
  if (problem) throw new InvalidConfigurationError(`A dimension of type '${dimension.type}' ${problem}`);
  return dimension;
}

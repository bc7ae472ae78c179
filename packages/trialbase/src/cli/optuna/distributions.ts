import {
  type CategoricalDimension,
  type Category,
  categorical,
  type Dimension,
  integer,
  type NumericDimension,
  priorString,
  real,
} from '@trialbase/client';
import { CorruptStoreError, describe } from '@trialbase/core';

/** A distribution as Optuna writes it. */
export interface Distribution {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** How many deviations around the mean of a normal distribution are kept: Optuna has none, and knows bounds only. */
const DEVIATIONS = 10;

/** The distribution that Optuna has for a dimension. */
export function distributionOf(dimension: Dimension): Distribution {
  if (dimension.type === 'fidelity') {
    const { low, high } = dimension;
    return Number.isInteger(low) && Number.isInteger(high)
      ? intDistribution(low, high, false)
      : floatDistribution(low, high, false);
  }
  if (dimension.type === 'categorical')
    return { name: 'CategoricalDistribution', attributes: { choices: dimension.values.map(toChoice) } };
  const [low, high, log] = boundsOf(dimension);
  return dimension.type === 'integer'
    ? intDistribution(Math.floor(low), Math.ceil(high), log)
    : floatDistribution(low, high, log);
}

function floatDistribution(low: number, high: number, log: boolean): Distribution {
  return { name: 'FloatDistribution', attributes: { step: null, low, high, log } };
}

function intDistribution(low: number, high: number, log: boolean): Distribution {
  return { name: 'IntDistribution', attributes: { log, step: 1, low, high } };
}

function boundsOf({ prior }: NumericDimension): [low: number, high: number, log: boolean] {
  if (prior.name !== 'normal') return [prior.low, prior.high, prior.name === 'loguniform'];
  return [prior.mean - DEVIATIONS * prior.deviation, prior.mean + DEVIATIONS * prior.deviation, false];
}

/** A choice of Optuna's is a text, a number, a boolean or null. */
function toChoice(value: Category): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** How Optuna stores a value: a category by its number. */
export function toInternal({ name, attributes }: Distribution, value: unknown): number | undefined {
  if (name !== 'CategoricalDistribution') return typeof value === 'number' ? value : undefined;
  const at = (attributes['choices'] as readonly unknown[]).indexOf(toChoice(value as Category));
  return at < 0 ? undefined : at;
}

/** The value that Optuna has stored. @throws CorruptStoreError if there is no such category. */
export function toExternal({ name, attributes }: Distribution, internal: number): unknown {
  if (name !== 'CategoricalDistribution') return internal;
  const { choices } = attributes;
  if (Array.isArray(choices) && internal in choices) return choices[internal] as unknown;
  throw new CorruptStoreError(`A trial has the category ${internal} of ${describe(choices)}`);
}

/** The type of the params that a distribution gives. */
export function paramTypeOf({ name }: Distribution): 'real' | 'integer' | 'categorical' {
  if (name === 'CategoricalDistribution') return 'categorical';
  return name.startsWith('Int') ? 'integer' : 'real';
}

/** The prior for a parameter that had these distributions: wide enough for all of them. */
export function priorOf(distributions: readonly Distribution[]): string {
  const [first] = distributions;
  if (!first || first.name === 'CategoricalDistribution') return priorString(categoriesOf(distributions));
  const numbers = (key: string): number[] => distributions.map(({ attributes }) => Number(attributes[key]));
  const [low, high] = [Math.min(...numbers('low')), Math.max(...numbers('high'))];
  const log = first.attributes['log'] === true || first.name.includes('Log');
  if (!(low < high)) return priorString(categorical([low]));
  const isWhole = paramTypeOf(first) === 'integer';
  return priorString(isWhole ? integer(low, high, { log }) : real(low, high, { log, precision: null }));
}

function categoriesOf(distributions: readonly Distribution[]): CategoricalDimension {
  const all = distributions.flatMap(({ attributes }) => (attributes['choices'] ?? []) as readonly Category[]);
  return categorical([...new Set(all)]);
}

/** Reads a distribution. @throws CorruptStoreError if it is none. */
export function readDistribution(text: unknown): Distribution {
  const read: unknown = typeof text === 'string' ? JSON.parse(text) : text;
  const { name, attributes } = (read ?? {}) as Partial<Distribution>;
  if (
    typeof name === 'string' &&
    /^(Float|Int|Categorical|Uniform|LogUniform|DiscreteUniform|IntUniform|IntLogUniform)Distribution$/.test(
      name,
    ) &&
    typeof attributes === 'object'
  )
    return { name, attributes };
  throw new CorruptStoreError(`There is no distribution ${describe(text)} in Optuna that this version knows`);
}

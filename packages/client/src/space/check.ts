import { describe } from '@trialbase/core';
import { isAmong, isCategory } from './category.js';
import { problemOfCondition } from './condition.js';
import type {
  CategoricalDimension,
  Category,
  Dimension,
  FidelityDimension,
  NumericDimension,
  Shape,
} from './dimension.js';

/** What is wrong with a dimension, as the end of a sentence that names it; `undefined` if nothing is. */
export function problemOf(dimension: Dimension): string | undefined {
  if (dimension.type === 'fidelity') return problemOfFidelity(dimension);
  const problem =
    dimension.type === 'categorical' ? problemOfCategories(dimension) : problemOfNumbers(dimension);
  if (problem) return problem;
  if (!dimension.shape.every((size) => Number.isSafeInteger(size) && size > 0)) {
    return `has a shape of whole numbers above 0, not ${describe(dimension.shape)}`;
  }
  if (dimension.default !== undefined && !contains(dimension, dimension.default)) {
    return `cannot have ${describe(dimension.default)} as its default: it is not one of its values`;
  }
  return dimension.when && problemOfCondition(dimension.when);
}

/** Whether a dimension can take `value`. */
export function contains(dimension: Dimension, value: unknown): boolean {
  if (dimension.type === 'fidelity') return isBetween(value, dimension.low, dimension.high);
  return everyElement(dimension.shape, value, (element) =>
    dimension.type === 'categorical' ? isAmong(dimension.values, element) : fits(dimension, element),
  );
}

function fits({ type, prior }: NumericDimension, value: unknown): boolean {
  if (type === 'integer' && !Number.isSafeInteger(value)) return false;
  if (prior.name === 'normal') return isBetween(value, -Number.MAX_VALUE, Number.MAX_VALUE);
  return isBetween(value, prior.low, prior.high);
}

function isBetween(value: unknown, low: number, high: number): boolean {
  return typeof value === 'number' && value >= low && value <= high;
}

function everyElement(shape: Shape, value: unknown, test: (element: unknown) => boolean): boolean {
  const [size, ...rest] = shape;
  if (size === undefined) return test(value);
  return (
    Array.isArray(value) &&
    value.length === size &&
    value.every((element) => everyElement(rest, element, test))
  );
}

function problemOfNumbers({ type, prior, precision }: NumericDimension): string | undefined {
  if (precision !== null && !(Number.isSafeInteger(precision) && precision > 0 && precision <= 100)) {
    return `has a precision of 1 to 100 significant digits, or null for no rounding, not ${describe(precision)}`;
  }
  if (prior.name === 'normal') {
    if (Number.isFinite(prior.mean) && Number.isFinite(prior.deviation) && prior.deviation > 0)
      return undefined;
    return `has a finite mean and a deviation above 0, not ${describe(prior.mean)} and ${describe(prior.deviation)}`;
  }
  const { low, high } = prior;
  const isBound = type === 'integer' ? Number.isSafeInteger : Number.isFinite;
  const kind = type === 'integer' ? 'whole' : 'finite';
  if (!isBound(low) || !isBound(high))
    return `has ${kind} numbers as its bounds, not ${describe(low)} and ${describe(high)}`;
  if (!(low < high)) return `has a lower bound below its upper one, not ${low} and ${high}`;
  if (!Number.isFinite(high - low)) return `cannot be as wide as from ${low} to ${high}`;
  if (prior.name === 'loguniform' && low <= 0)
    return `with a logarithmic scale has bounds above 0, not ${low}`;
  return undefined;
}

function problemOfCategories({ values, probabilities }: CategoricalDimension): string | undefined {
  if (values.length === 0) return 'needs at least one value';
  const odd = values.find((value) => !isCategory(value));
  if (odd !== undefined)
    return `has strings, finite numbers, booleans, null or lists of them as values, not ${describe(odd)}`;
  const twice = firstRepeated(values);
  if (twice !== undefined) return `has ${twice} more than once`;
  if (!probabilities.every((share) => typeof share === 'number' && share >= 0)) {
    return `has probabilities that are numbers from 0 to 1, not ${describe(probabilities)}`;
  }
  // Orion writes probabilities with two decimals, so what it has stored may be off by half a hundredth each.
  const sum = probabilities.reduce((total, share) => total + share, 0);
  if (!(Math.abs(sum - 1) <= 0.005 * values.length + 1e-9) || sum <= 0)
    return `has probabilities that add up to 1, not to ${sum}`;
  return undefined;
}

function firstRepeated(values: readonly Category[]): string | undefined {
  const seen = new Set<string>();
  for (const value of values) {
    const text = JSON.stringify(value);
    if (seen.has(text)) return text;
    seen.add(text);
  }
  return undefined;
}

function problemOfFidelity({ low, high, base }: FidelityDimension): string | undefined {
  if (!(Number.isFinite(low) && low > 0)) return `has a lower bound above 0, not ${describe(low)}`;
  if (!(Number.isFinite(high) && high >= low))
    return `has an upper bound that is not below ${low}, not ${describe(high)}`;
  if (!(Number.isFinite(base) && base >= 1)) return `has a base of 1 or more, not ${describe(base)}`;
  return undefined;
}

import { describe, InvalidConfigurationError } from '@trialbase/core';
import { isAmong, isCategory } from './category.js';
import type { Category, Condition, Dimension } from './dimension.js';

/** A condition as users write it: a value or an array of values for each of the parameters it names. */
export type When = { readonly [parent: string]: Category | readonly Category[] };

/** A condition with its parameters in order, and a list of values for each of them. */
export function condition(when: When): Condition {
  if (typeof when !== 'object' || when === null || isList(when)) {
    throw new InvalidConfigurationError(
      `A condition names parameters and the values they have: { optimizer: 'sgd' }, not ${describe(when)}`,
    );
  }
  const parents = Object.entries(when).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(parents.map(([name, value]) => [name, isList(value) ? [...value] : [value]]));
}

/** The dimensions that a condition names, and the values that they are to have. */
export function parentsOf(dimension: Dimension): (readonly [parent: string, values: readonly Category[]])[] {
  return dimension.type === 'fidelity' ? [] : Object.entries(dimension.when ?? {});
}

/** Whether a dimension is present where the dimensions that its condition names have these values. */
export function isPresent(dimension: Dimension, valueOf: (parent: string) => unknown): boolean {
  return parentsOf(dimension).every(([parent, values]) => isAmong(values, valueOf(parent)));
}

/** What is wrong with a condition by itself, as the end of a sentence; `undefined` if nothing is. */
export function problemOfCondition(when: Condition): string | undefined {
  const parents = Object.entries(when);
  if (parents.length === 0) return 'has a condition that names at least one parameter, not {}';
  const odd = parents.find(
    ([, values]) => !(Array.isArray(values) && values.length > 0 && values.every(isCategory)),
  );
  if (!odd) return undefined;
  return `has a condition on ${describe(odd[0])} that lists the values it may have, not ${describe(odd[1])}`;
}

function isList(value: unknown): value is readonly Category[] {
  return Array.isArray(value);
}

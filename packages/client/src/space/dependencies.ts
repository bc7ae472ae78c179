import { describe, InvalidConfigurationError } from '@trialbase/core';
import { contains } from './check.js';
import { isPresent, parentsOf } from './condition.js';
import type { Category, Dimension } from './dimension.js';
import type { AnyParams } from './param-types.js';
import { priorString } from './prior-string.js';
import type { NamedDimension, Space } from './space.js';

/** @throws InvalidConfigurationError if a condition is on something it cannot be on, or conditions go in a circle. */
export function checkConditions(space: Space): void {
  const byName = new Map(space.map((one) => [one.name, one.dimension]));
  for (const { name, dimension } of space) {
    for (const [parent, values] of parentsOf(dimension)) {
      const problem = problemOfParent(byName.get(parent), values);
      if (problem) throw wrongCondition(name, `depends on ${describe(parent)}, ${problem}`);
    }
  }
  parentsFirst(space);
}

/**
 * The dimensions ordered so that each comes after those that its condition names, and by key where the conditions leave
 * it open.
 */
export function parentsFirst(space: Space): readonly NamedDimension[] {
  let order = orders.get(space);
  if (!order) {
    order = orderOf(space);
    orders.set(space, order);
  }
  return order;
}

/** The order of a space is asked for with each point of it. */
const orders = new WeakMap<Space, readonly NamedDimension[]>();

function orderOf(space: Space): NamedDimension[] {
  const byName = new Map(space.map((one) => [one.name, one]));
  const ordered = new Set<NamedDimension>();
  const path = new Set<NamedDimension>();

  function visit(one: NamedDimension): void {
    if (ordered.has(one)) return;
    if (path.has(one)) {
      const circle = [...path, one].map(({ name }) => name);
      throw wrongCondition(
        one.name,
        `depends on itself: ${circle.slice(circle.indexOf(one.name)).join(' → ')}`,
      );
    }
    path.add(one);
    for (const [parent] of parentsOf(one.dimension)) {
      const found = byName.get(parent);
      if (found) visit(found);
    }
    path.delete(one);
    ordered.add(one);
  }

  for (const one of space) visit(one);
  return [...ordered];
}

/**
 * A point of the space: `draw` gives the value of each dimension that is present there, and is asked parents first.
 */
export function makePoint(space: Space, draw: (one: NamedDimension) => unknown): AnyParams {
  const values = new Map<string, unknown>();
  for (const one of parentsFirst(space)) {
    if (isPresent(one.dimension, (parent) => values.get(parent))) values.set(one.name, draw(one));
  }
  const present = space.filter(({ name }) => values.has(name));
  return Object.fromEntries(present.map(({ name }) => [name, values.get(name)]));
}

function problemOfParent(parent: Dimension | undefined, values: readonly Category[]): string | undefined {
  if (!parent) return 'which is not in the space';
  if (parent.type !== 'categorical' && parent.type !== 'integer')
    return `which is neither categorical nor integer but ${priorString(parent)}`;
  if (parent.shape.length > 0) return `which has a shape and so no single value`;
  const odd = values.find((value) => !contains(parent, value));
  return odd === undefined ? undefined : `which cannot be ${describe(odd)}: it is ${priorString(parent)}`;
}

function wrongCondition(name: string, problem: string): InvalidConfigurationError {
  return new InvalidConfigurationError(`The parameter ${describe(name)} ${problem}`);
}

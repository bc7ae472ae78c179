import { isAmong } from './category.js';
import { parentsOf } from './condition.js';
import { parentsFirst } from './dependencies.js';
import type { AnyParams } from './param-types.js';
import type { NamedDimension, Space } from './space.js';
import { allValues, type Values } from './values.js';

/** Points of a space, numbered from 0. No two are the same. */
export interface Points {
  /** How many there are; `Infinity` where they cannot be counted, or are more than 2^53. */
  readonly count: number;
  /** The point number `index`, from 0. */
  readonly at: (index: number) => AnyParams;
}

/** How many points the space has; `Infinity` where they cannot be counted, or are more than 2^53. */
export function countPoints(space: Space): number {
  return enumerate(space, ({ dimension }) => allValues(dimension)).count;
}

/** The point number `index`, from 0, of a space that {@link countPoints} can count. */
export function pointAt(space: Space, index: number): AnyParams {
  return enumerate(space, ({ dimension }) => allValues(dimension)).at(index);
}

/**
 * All points that can be made of the values given for each dimension. Where a dimension is absent it is left out, and no
 * point comes twice for its sake.
 */
export function enumerate(space: Space, valuesOf: (one: NamedDimension) => Values): Points {
  const { count, choose } = product(parentsFirst(space), new Map(), valuesOf);
  return {
    count: count <= Number.MAX_SAFE_INTEGER ? count : Number.POSITIVE_INFINITY,
    at(index) {
      const values = new Map<string, unknown>();
      choose(index, values);
      const present = space.filter(({ name }) => values.has(name));
      return Object.fromEntries(present.map(({ name }) => [name, values.get(name)]));
    },
  };
}

/** Some dimensions of a space: in how many ways they can be chosen, and the way number `index`. */
interface Ways {
  readonly count: number;
  readonly choose: (index: number, values: Map<string, unknown>) => void;
}

/** The values of dimensions chosen before; `undefined` for one that is absent, or has a value that no condition names. */
type Known = ReadonlyMap<string, unknown>;

type ValuesOf = (one: NamedDimension) => Values;

/**
 * Dimensions that do not depend on each other are chosen apart, and their ways multiply: the work grows with the
 * dimensions and not with the points, unless many conditions cross each other.
 */
function product(dimensions: readonly NamedDimension[], before: Known, valuesOf: ValuesOf): Ways {
  const known = new Map(before);
  const open = dimensions.filter((one) => {
    const excluded = parentsOf(one.dimension).some(
      ([parent, values]) => known.has(parent) && !isAmong(values, known.get(parent)),
    );
    if (excluded) known.set(one.name, undefined);
    return !excluded;
  });
  const factors = groups(open).map(([first, rest]) => sum(first, rest, known, valuesOf));
  return {
    count: factors.reduce((total, { count }) => total * count, 1),
    choose(index, values) {
      let left = index;
      for (const { count, choose } of factors) {
        choose(left % count, values);
        left = Math.floor(left / count);
      }
    },
  };
}

/** The values of one dimension, each with the ways it leaves to those that depend on it, add up. */
function sum(first: NamedDimension, rest: readonly NamedDimension[], known: Known, valuesOf: ValuesOf): Ways {
  const { name } = first;
  const { count, at, indexOf } = valuesOf(first);
  const after = (value: unknown): Ways => product(rest, new Map(known).set(name, value), valuesOf);
  const named = rest.flatMap(({ dimension }) =>
    parentsOf(dimension).flatMap(([parent, values]) => (parent === name ? values.map(indexOf) : [])),
  );
  const special = [...new Set(named)].filter((index) => index >= 0).toSorted((a, b) => a - b);
  const branches = special.map((index) => ({ index, ways: after(at(index)) }));
  const others = { count: count - special.length, ways: after(undefined) };
  return {
    count: branches.reduce(
      (total, { ways }) => total + ways.count,
      others.count && others.count * others.ways.count,
    ),
    choose(number, values) {
      let left = number;
      for (const { index, ways } of branches) {
        if (left < ways.count) {
          values.set(name, at(index));
          return ways.choose(left, values);
        }
        left -= ways.count;
      }
      values.set(name, at(skip(left % others.count, special)));
      others.ways.choose(Math.floor(left / others.count), values);
    },
  };
}

/** The number at place `index` among those that are not in `taken`, which ascends. */
function skip(index: number, taken: readonly number[]): number {
  return taken.reduce((at, one) => (one <= at ? at + 1 : at), index);
}

type Group = readonly [first: NamedDimension, rest: readonly NamedDimension[]];

/** Parts the dimensions, which come parents first, into groups that do not depend on each other. */
function groups(dimensions: readonly NamedDimension[]): Group[] {
  const groupOf = new Map<string, NamedDimension[]>();
  for (const one of dimensions) {
    const joined = new Set(parentsOf(one.dimension).flatMap(([parent]) => [groupOf.get(parent) ?? []]));
    const group = [...joined].flat().concat(one);
    for (const { name } of group) groupOf.set(name, group);
  }
  return [...new Set(groupOf.values())].map(([first, ...rest]) => [first as NamedDimension, rest]);
}

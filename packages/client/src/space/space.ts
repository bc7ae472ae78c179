import { describe, InvalidConfigurationError, type Param, type Trial } from '@trialbase/core';
import { contains, problemOf } from './check.js';
import { isPresent } from './condition.js';
import { checkConditions } from './dependencies.js';
import type { Dimension } from './dimension.js';
import type { AnyParams, SpaceInput } from './param-types.js';
import { parsePrior, priorString } from './prior-string.js';

/** A dimension with its names. */
export interface NamedDimension {
  /** As users write it: `lr`. */
  readonly name: string;
  /** As documents have it: `/lr`. */
  readonly key: string;
  readonly dimension: Dimension;
}

/**
 * What an experiment searches, ordered by key as in Orion, so that a point has the same id here and there. A point has
 * the dimensions that are present there ({@link isPresent}), and no others.
 */
export type Space = readonly NamedDimension[];

/** The space that a user wrote. @throws InvalidConfigurationError if it is none. */
export function buildSpace(input: SpaceInput): Space {
  const slash = Object.keys(input).find((name) => name.startsWith('/'));
  if (slash !== undefined) {
    throw new InvalidConfigurationError(
      `A parameter's name has no leading slash: write ${describe(slash.slice(1))}, not ${describe(slash)}`,
    );
  }
  return assemble(Object.entries(input).map(([name, given]) => [`/${name}`, dimensionOf(name, given)]));
}

/** The space of an experiment's document. @throws InvalidConfigurationError if it is none. */
export function readSpace(stored: unknown): Space {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) {
    throw new InvalidConfigurationError(
      `A stored space has a prior for each of its parameters; this one is ${describe(stored)}`,
    );
  }
  return assemble(Object.entries(stored).map(([key, given]) => [key, dimensionOf(key, given)]));
}

/** The space as documents have it: `{ '/lr': 'loguniform(1e-05, 1.0)' }`. */
export function writeSpace(space: Space): Record<string, string> {
  return Object.fromEntries(space.map(({ key, dimension }) => [key, priorString(dimension)]));
}

/** The params of a trial at `point`. @throws InvalidConfigurationError if it is not a point of the space. */
export function toParams(space: Space, point: AnyParams): Param[] {
  const unknown = Object.keys(point).find((name) => !space.some((one) => one.name === name));
  if (unknown !== undefined) throw notInSpace(`it has no parameter ${describe(unknown)}`, space);
  const valueOf = (name: string): unknown => (Object.hasOwn(point, name) ? point[name] : undefined);
  return space.flatMap(({ name, key, dimension }) => {
    const value = valueOf(name);
    const present = isPresent(dimension, valueOf);
    if (!present && value === undefined) return [];
    if (present && contains(dimension, value)) return [{ name: key, type: dimension.type, value }];
    const problem = present ? 'is not in' : 'is given, and its condition does not hold:';
    throw notInSpace(`${name} = ${describe(value)} ${problem} ${priorString(dimension)}`, space);
  });
}

/** The point of a trial, by the names that users write. */
export function pointOf(trial: Pick<Trial, 'params'>): AnyParams {
  return Object.fromEntries(trial.params.map(({ name, value }) => [nameOf(name), value]));
}

function assemble(entries: readonly (readonly [string, Dimension])[]): Space {
  if (entries.length === 0)
    throw new InvalidConfigurationError('A space has at least one parameter: there is nothing to search');
  const space = entries.map(([key, dimension]) => ({ name: nameOf(key), key, dimension }));
  const ordered = space.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const names = new Set(ordered.map(({ name }) => name));
  if (names.has('')) throw new InvalidConfigurationError('A parameter has a name that is not empty');
  if (names.size < ordered.length)
    throw new InvalidConfigurationError(
      'Two parameters of the space have the same name, but for a leading slash',
    );
  checkConditions(ordered);
  return ordered;
}

/** Orion writes `/lr` for a space that came from a command line, and `lr` for one that came from Python. */
function nameOf(key: string): string {
  return key.startsWith('/') ? key.slice(1) : key;
}

function dimensionOf(name: string, given: unknown): Dimension {
  if (typeof given === 'string') return parsePrior(given);
  const problem = isDimension(given) ? problemOf(given) : `is no dimension: ${describe(given)}`;
  if (problem) throw new InvalidConfigurationError(`The parameter ${describe(name)} ${problem}`);
  return given as Dimension;
}

function isDimension(given: unknown): given is Dimension {
  return (
    typeof given === 'object' &&
    given !== null &&
    'type' in given &&
    (given.type === 'fidelity' || 'shape' in given)
  );
}

function notInSpace(problem: string, space: Space): InvalidConfigurationError {
  return new InvalidConfigurationError(
    `This is no point of the space: ${problem}. Its parameters are ${space.map(({ name }) => name).join(', ')}`,
  );
}

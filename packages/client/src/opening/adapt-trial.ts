import { errorCode, type Param, type Trial } from '@trialbase/core';
import { isPresent } from '../space/condition.js';
import type { AnyParams } from '../space/param-types.js';
import { pointOf, type Space, toParams } from '../space/space.js';
import { defaultOf } from './adapters.js';

/**
 * A trial of one version as one of another; `undefined` where it says nothing about that one's space: it has another value than the
 * default of a dimension that is not there, lacks one that has no default, or lies outside the priors. Orion does the same.
 */
export function adaptTrial(trial: Trial, from: Space, to: Space): Trial | undefined {
  const point = pointOf(trial);
  const names = new Set(to.map(({ name }) => name));
  const gone = from.filter(({ name }) => !names.has(name) && Object.hasOwn(point, name));
  if (!gone.every(({ name, dimension }) => isSame(point[name], defaultOf(dimension)))) return undefined;
  const kept = Object.entries(point).filter(([name]) => names.has(name));
  const params = paramsOf(to, withDefaults(Object.fromEntries(kept), to));
  return params && { ...trial, params };
}

function withDefaults(point: AnyParams, space: Space): AnyParams {
  const filled: Record<string, unknown> = { ...point };
  for (const { name, dimension } of space) {
    if (Object.hasOwn(filled, name) || !isPresent(dimension, (parent) => filled[parent])) continue;
    const value = defaultOf(dimension);
    if (value !== undefined) filled[name] = value;
  }
  return filled;
}

function paramsOf(space: Space, point: AnyParams): Param[] | undefined {
  try {
    return toParams(space, point);
  } catch (error) {
    if (errorCode(error) === 'invalid-configuration') return undefined;
    throw error;
  }
}

/** Values of params are plain: numbers, texts, truths, and arrays of them. */
function isSame(a: unknown, b: unknown): boolean {
  return b !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

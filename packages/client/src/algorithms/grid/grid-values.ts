import { exp, log } from '../../elementary.js';
import type { NumericDimension } from '../../space/dimension.js';
import { roundTo } from '../../space/sample.js';
import type { NamedDimension } from '../../space/space.js';
import { allValues, listedValues, shaped, type Values } from '../../space/values.js';

/** How many deviations a normal distribution is cut off from its mean. */
const DEVIATIONS = 2;

/**
 * The values that a dimension has on a grid: all categories, and of numbers `levels` that are evenly spaced, by their
 * ratios where the scale is logarithmic; all of them where there are no more. With `special` ones besides.
 */
export function gridValues(
  { dimension }: NamedDimension,
  levels: number,
  special: readonly unknown[],
): Values {
  const all = allValues(dimension);
  if (dimension.type === 'fidelity' || dimension.type === 'categorical') return all;
  const { type, shape } = dimension;
  if (type === 'integer' && shape.length === 0 && all.count <= levels) return all;
  const numbers = [...evenly(dimension, levels), ...(special as readonly number[])];
  return shaped(listedValues([...new Set(numbers)].toSorted((a, b) => a - b)), shape);
}

function evenly(dimension: NumericDimension, levels: number): number[] {
  const { prior, type } = dimension;
  const valueAt = (place: number): number => {
    if (prior.name === 'normal') return prior.mean + prior.deviation * DEVIATIONS * (2 * place - 1);
    const { name, low, high } = prior;
    if (name === 'uniform') return low + (high - low) * place;
    return Math.min(high, Math.max(low, exp(log(low) + (log(high) - log(low)) * place)));
  };
  return Array.from({ length: levels }, (_, i) => {
    const value = valueAt(levels === 1 ? 0.5 : i / (levels - 1));
    return type === 'integer' ? Math.round(value) : roundTo(dimension, value);
  });
}

import { exp, log } from '../../elementary.js';
import type { Axis } from '../unit/axis.js';
import type { Vector } from '../unit/unit-space.js';

/** Of the width of a kernel, before it shrinks with the number of kernels. */
const WIDTH = 0.07;

/** The deviation of numbers that are spread evenly over the range. */
const EVEN_DEVIATION = Math.sqrt(1 / 12);

/** How the widths of kernels are found. */
export type Spread = 'range' | 'gathered';

/**
 * How far kernels around `vectors` reach along each axis: the deviation for numbers; for categories how likely one is
 * drawn from the prior and not kept.
 *
 * Widths shrink with the number of kernels as D. Scott's rule says (n^(-1 / (d + 4))), from a share of the range or, where
 * the kernels are `gathered`, of the geometric mean of the range and of how far they are apart, so that a search goes on
 * into ever smaller regions. They are never below a limit that falls with the square of the number: S. Watanabe's "magic
 * clipping" (2023). Categories follow J. Aitchison and C. Aitken (1976), with Watanabe's bandwidth.
 */
export function spreadsOf(axes: readonly Axis[], vectors: readonly Vector[], spread: Spread): number[] {
  const count = vectors.length + 1;
  const shrink = exp(-log(count) / (axes.length + 4));
  return axes.map((axis, k) => {
    if (axis.kind === 'category') return axis.probabilities.length / (count + axis.probabilities.length);
    const scale = spread === 'range' ? 1 : Math.sqrt(deviationOf(vectors, k) / EVEN_DEVIATION);
    return Math.max(WIDTH * scale * shrink, 1 / Math.min(100, count * count));
  });
}

/** That of numbers spread evenly where there are no two. */
function deviationOf(vectors: readonly Vector[], k: number): number {
  const places = vectors.map((vector) => vector[k] as number).filter((place) => !Number.isNaN(place));
  if (places.length < 2) return EVEN_DEVIATION;
  const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
  return Math.sqrt(places.reduce((sum, place) => sum + (place - mean) * (place - mean), 0) / places.length);
}

import type { Sample } from '../unit/history.js';

/**
 * How much the kernels around the first `count` samples weigh: as much as the samples are better than the first of the
 * others (S. Watanabe 2023, "expected improvement" weights), and 1 in the mean. Where there is no such difference, or it is
 * one of feasibility, they all weigh the same.
 *
 * @param samples best first.
 */
export function weighByImprovement(samples: readonly Sample[], count: number): readonly number[] {
  const good = samples.slice(0, count);
  const edge = samples[count];
  const improvements = good.map(({ objective }) => (edge?.violation === 0 ? edge.objective - objective : 0));
  const mean = improvements.reduce((sum, improvement) => sum + improvement / count, 0);
  return mean > 0 && Number.isFinite(mean) ? improvements.map((one) => one / mean) : good.map(() => 1);
}

import { colors } from '../output/write.js';
import type { Axis, Spot } from './axes.js';

/** The share of the trials that count as the best. */
const BEST = 0.1;

/**
 * The axes of parallel coordinates, lying: a line for each parameter, from its lowest value to its highest, on which dots tell where
 * trials were, and blocks where the best tenth of them was.
 */
export function* parallelText(
  axes: readonly Axis[],
  spots: readonly Spot[],
  width: number,
): Generator<string> {
  const names = Math.max(...axes.map(({ name }) => name.length));
  const ends = axes.map(({ ticks }) => [ticks[0]?.text ?? '', ticks.at(-1)?.text ?? ''] as const);
  const [lows, highs] = [0, 1].map((end) => Math.max(...ends.map((texts) => texts[end as 0 | 1].length)));
  const cells = Math.max(10, Math.min(80, width - names - (lows ?? 0) - (highs ?? 0) - 6));
  const best = Math.max(1, Math.ceil(spots.length * BEST));
  for (const [i, { name }] of axes.entries()) {
    const row: string[] = Array.from({ length: cells }, () => ' ');
    // From the worst to the best, so that the best is what shows.
    for (let rank = spots.length - 1; rank >= 0; rank--) {
      const place = spots[rank]?.places[i];
      if (place === undefined) continue;
      row[Math.min(cells - 1, Math.floor(place * cells))] = rank < best ? colors.green('█') : colors.dim('·');
    }
    const [low = '', high = ''] = ends[i] ?? [];
    yield `${colors.bold(name.padEnd(names))}  ${low.padStart(lows ?? 0)} ${row.join('')} ${high}`;
  }
  yield colors.dim(`${' '.repeat(names)}  █ the best ${best} of ${spots.length} trials  · the others`);
}

import { plot } from 'simple-ascii-chart';
import { formatNumber } from '../output/format.js';
import { needsLog, type Regret } from './regret.js';

/** The best objective over the trials, in characters. */
export function regretText({ best }: Regret, width: number): string {
  const log = needsLog(best);
  const shown = (value: number): number => (log ? Math.log10(value) : value);
  const steps = best.flatMap((value, i): [number, number][] =>
    i === 0 || i === best.length - 1 || value !== best[i - 1] ? [[i + 1, shown(value)]] : [],
  );
  return plot(steps, {
    width: Math.max(20, Math.min(100, width - 16)),
    height: 12,
    xLabel: 'completed trials',
    formatter: (value, { axis }) =>
      axis === 'y'
        ? (formatNumber(Number((log ? 10 ** value : value).toPrecision(4))) ?? '')
        : String(Math.round(value)),
  });
}

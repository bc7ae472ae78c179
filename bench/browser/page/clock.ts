import { median } from '../../src/rounds.js';
import { byLevel, type Call, type Contenders, type Level } from './contenders.js';

/** What each contender's calls took, and gave. */
export interface Turns {
  /** The median of a call, in milliseconds. */
  readonly milliseconds: Record<Level, number>;
  readonly results: Record<Level, readonly unknown[]>;
}

/**
 * Times calls of the contenders, who take turns call by call: what else the machine does meanwhile, it does to all of them. Who
 * is first in one turn is last in the next. Making the calls ready is not timed.
 */
export async function takeTurns(
  contenders: Contenders,
  order: readonly Level[],
  calls: Readonly<Record<Level, readonly Call[]>>,
): Promise<Turns> {
  const ready = byLevel((): (() => Promise<unknown>)[] => []);
  for (const level of order)
    for (const call of calls[level]) ready[level].push(await contenders[level].ready(call));
  const times = byLevel((): number[] => []);
  const results = byLevel((): unknown[] => []);
  for (let i = 0; i < ready[order[0] as Level].length; i += 1) {
    const first = i % order.length;
    for (const level of [...order.slice(first), ...order.slice(0, first)]) {
      const call = ready[level][i] as () => Promise<unknown>;
      const start = performance.now();
      results[level].push(await call());
      times[level].push(performance.now() - start);
    }
  }
  return { milliseconds: byLevel((level) => median(times[level])), results };
}

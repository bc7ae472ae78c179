import type { Call, Contender } from './contenders.js';

/** What calls took, and gave. */
export interface Timed {
  /** The mean of a call, in milliseconds. The clocks of browsers are too coarse for a single one. */
  readonly milliseconds: number;
  readonly results: readonly unknown[];
}

/** Times calls that a contender makes one after another. Making them ready is not timed. */
export async function timed(contender: Contender, calls: readonly Call[]): Promise<Timed> {
  const ready: (() => Promise<unknown>)[] = [];
  for (const call of calls) ready.push(await contender.ready(call));
  const results: unknown[] = [];
  const start = performance.now();
  for (const call of ready) results.push(await call());
  return { milliseconds: (performance.now() - start) / calls.length, results };
}

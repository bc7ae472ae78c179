import { lifecycleRate } from './lifecycles.js';
import type { Bar, Section } from './report.js';
import { type Figures, median, ratio, takeTurns } from './rounds.js';
import type { Scale } from './scale.js';
import { memory } from './trialbase-stores.js';

/** Lifecycles in memory, with more and more trials already there. */
export async function benchMemory({ sizes, warmUp, rounds, memoryLifecycles }: Scale): Promise<Section> {
  await lifecycleRate(memory, 0, warmUp);
  const turns = sizes.map(
    (size) => [String(size), () => lifecycleRate(memory, size, memoryLifecycles)] as const,
  );
  const figures = await takeTurns(rounds, Object.fromEntries(turns));
  const rates = sizes.map((size) => figures[String(size)] as Figures);
  return {
    title: 'Lifecycles in memory',
    rows: sizes.map((size, i) => rowOf(size, rates[i] as Figures)),
    notes: [],
    bars: barsOf(sizes, rates),
  };
}

function rowOf(size: number, rates: Figures): Section['rows'][number] {
  const rate = median(rates);
  return { 'trials present': size, 'lifecycles/s': rate, 'µs each': 1e6 / rate };
}

function barsOf(sizes: readonly number[], rates: readonly Figures[]): Bar[] {
  const bars: Bar[] = [];
  const [at1000, at10_000, at100_000] = [1_000, 10_000, 100_000].map((size) => rates[sizes.indexOf(size)]);
  if (at10_000) {
    bars.push({
      name: 'memory, at 10,000 trials',
      goal: 20_000,
      at: 'least',
      figure: median(at10_000),
      unit: 'lifecycles/s',
    });
  }
  if (at1000 && at100_000) {
    const figure = ratio(at1000, at100_000);
    bars.push({
      name: 'memory, cost at 100,000 trials',
      goal: 1.5,
      at: 'most',
      figure,
      unit: '× that at 1,000',
    });
  }
  return bars;
}

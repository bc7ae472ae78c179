import { describe, expect, it } from 'vitest';
import { type AnyParams, categorical, integer, real, type SpaceInput } from '../../src/index.js';
import { type Begun, SimulatedSearch } from '../../src/testing/index.js';
import { algorithms, type Row, spaceFor } from './table.js';

/** The fidelity of a trial that costs as much as one without. */
const HIGHEST = 9;

interface Task {
  readonly name: string;
  readonly space: SpaceInput;
  /** Smallest at 0. */
  readonly loss: (point: AnyParams) => number;
  /** What the median search has to reach. Few searches at random do so. */
  readonly bar: number;
}

const tasks: readonly Task[] = [
  {
    name: 'a bent valley',
    space: {
      x: real(-2, 2, { precision: null }),
      y: real(-2, 2, { precision: null }),
      z: real(-2, 2, { precision: null }),
    },
    loss: ({ x, y, z }) => {
      const [a, b, c] = [x as number, y as number, z as number];
      return 10 * (b - a * a) ** 2 + (1 - a) ** 2 + 10 * (c - b * b) ** 2 + (1 - b) ** 2;
    },
    bar: 1,
  },
  {
    name: 'a network',
    space: {
      lr: real(1e-6, 1, { log: true }),
      units: integer(8, 512, { log: true }),
      act: categorical(['relu', 'elu', 'tanh', 'sigmoid']),
      dropout: real(0, 0.8),
    },
    loss: ({ lr, units, act, dropout }) =>
      (Math.log10(lr as number) + 3) ** 2 +
      (Math.log2(units as number) - 6) ** 2 / 4 +
      ['relu', 'elu', 'tanh', 'sigmoid'].indexOf(act as string) / 4 +
      4 * ((dropout as number) - 0.2) ** 2,
    bar: 0.12,
  },
];

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

/** The best loss of the median search that costs as much as `trials` trials of the highest fidelity. */
function reached(name: string, { space, loss }: Task, budget = rowOf(name).budget): number {
  const row = rowOf(name);
  const { trials, seeds } = budget ?? { trials: 80, seeds: 12 };
  return median(
    Array.from({ length: seeds }, (_, seed) => {
      const search = new SimulatedSearch(row.define(seed + 1), spaceFor(row, space));
      let best = Number.POSITIVE_INFINITY;
      for (let spent = 0; spent < trials * HIGHEST; ) {
        const { point, trial } = search.next() as Begun;
        const fidelity = (point['epochs'] as number | undefined) ?? HIGHEST;
        // What is cheap is not the whole truth.
        search.end(trial, loss(point) + (1 - fidelity / HIGHEST) * Math.abs(Math.sin(50 * loss(point))));
        if (fidelity === HIGHEST) best = Math.min(best, loss(point));
        spent += fidelity;
      }
      return best;
    }),
  );
}

function rowOf(name: string): Row {
  return algorithms[name] as Row;
}

const names = Object.keys(algorithms);
const climbers = names.filter((name) => rowOf(name).climbs);
const learners = names.filter((name) => rowOf(name).learns);
const others = names.filter((name) => !rowOf(name).learns && !rowOf(name).climbs);

describe.each(tasks)('on $name', (task) => {
  it.each(learners)('%s is well ahead of random search', (name) => {
    expect(reached(name, task)).toBeLessThan(task.bar);
  });

  it.each(others)('%s, which does not learn, is not, so that the test can tell', (name) => {
    expect(reached(name, task)).toBeGreaterThan(1.5 * task.bar);
  });

  it.each(climbers)('%s is ahead of random search at the same cost', (name) => {
    expect(reached(name, task)).toBeLessThan(0.8 * reached('random', task, rowOf(name).budget));
  });
});

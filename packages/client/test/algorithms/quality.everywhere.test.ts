import { describe, expect, it } from 'vitest';
import { type AnyParams, categorical, integer, real, type SpaceInput } from '../../src/index.js';
import { Driver } from './driver.js';
import { algorithms, type Row } from './table.js';

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

/** The best loss of the median search. */
function reached(name: string, { space, loss }: Task): number {
  const { define, budget = { trials: 80, seeds: 12 } } = algorithms[name] as Row;
  const seeds = Array.from({ length: budget.seeds }, (_, i) => i + 1);
  return median(
    seeds.map((seed) =>
      Math.min(...new Driver(define(seed), space).run(budget.trials, loss).points.map(loss)),
    ),
  );
}

const names = Object.keys(algorithms);
const learns = (name: string): boolean => (algorithms[name] as Row).learns;

describe.each(tasks)('on $name', (task) => {
  it.each(names.filter(learns))('%s is well ahead of random search', (name) => {
    expect(reached(name, task)).toBeLessThan(task.bar);
  });

  it.each(names.filter((name) => !learns(name)))(
    '%s, which does not learn, is not, so that the test can tell',
    (name) => {
      expect(reached(name, task)).toBeGreaterThan(1.5 * task.bar);
    },
  );
});

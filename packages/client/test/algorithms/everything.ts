import {
  type AnyParams,
  categorical,
  fidelity,
  integer,
  normal,
  real,
  type SpaceInput,
} from '../../src/index.js';
import { SimulatedSearch } from '../../src/testing/index.js';
import { algorithms } from './table.js';

/** All that a space can have. */
export const everything = {
  lr: real(1e-6, 1, { log: true }),
  units: integer(8, 512, { log: true }),
  depth: integer(-2, 3),
  act: categorical({ relu: 0.7, tanh: 0.2, 'a, "b"': 0.1 }),
  flags: categorical([true, null, 0, ['x', 1]]),
  noise: normal(3, 0.5),
  count: normal(0, 4, { discrete: true }),
  weights: real(-1, 1, { shape: [2, 2] }),
  kinds: categorical(['a', 'b'], { shape: 3 }),
  momentum: real(0, 1, { when: { act: 'relu' } }),
  epochs: fidelity(1, 9, 3),
} satisfies SpaceInput;

/** Something that depends on every kind of parameter. */
export function bumpy({ lr, units, depth, act, noise, momentum, weights }: AnyParams): number {
  const [[first = 0] = []] = weights as number[][];
  const gate = act === 'relu' ? ((momentum as number) - 0.9) ** 2 : 1;
  return (
    (Math.log10(lr as number) + 3) ** 2 +
    ((units as number) / 100 - 1) ** 2 +
    (depth as number) +
    first +
    gate +
    (noise as number)
  );
}

/** The points of a search by one of the algorithms, some of them before it has learned anything, more of them after. */
export function pointsOf(algorithm: string): readonly AnyParams[] {
  const define = algorithms[algorithm]?.define;
  if (!define) throw new Error(`There is no algorithm '${algorithm}'`);
  return new SimulatedSearch(define(3), everything).run(20, bumpy).points;
}

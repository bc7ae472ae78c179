import { type AnyParams, categorical, integer, real } from '@trialbase/client';
import type { Problem } from './problem.js';

/** A function of real numbers, with its smallest value. */
interface Continuous {
  readonly name: string;
  readonly dimensions: number;
  readonly bounds: readonly [number, number] | readonly (readonly [number, number])[];
  readonly loss: (x: readonly number[]) => number;
  readonly least: number;
}

function continuous({ name, dimensions, bounds, loss, least }: Continuous): Problem {
  const names = Array.from({ length: dimensions }, (_, i) => `x${String(i).padStart(2, '0')}`);
  const ranges = names.map(
    (_, i) => (typeof bounds[0] === 'number' ? bounds : bounds[i]) as [number, number],
  );
  const space = Object.fromEntries(
    names.map((key, i) => [key, real(...(ranges[i] as [number, number]), { precision: null })]),
  );
  const regret = (point: AnyParams): number => loss(names.map((key) => point[key] as number)) - least;
  return { name: `${name} (${dimensions})`, space, regret, objective: (point) => regret(point) + least };
}

/** The same function, told with normal noise of that deviation. */
function noisy(problem: Problem, deviation: number): Problem {
  return {
    ...problem,
    name: `noisy ${problem.name}`,
    objective: (point, noise) => problem.objective(point, noise) + deviation * noise(),
  };
}

const squares = (x: readonly number[]): number => sum(x, (v) => v * v);

function sum(x: readonly number[], term: (v: number, i: number) => number): number {
  return x.reduce((total, v, i) => total + term(v, i), 0);
}

function branin([x = 0, y = 0]: readonly number[]): number {
  const { PI, cos } = Math;
  return (y - (5.1 / (4 * PI * PI)) * x * x + (5 / PI) * x - 6) ** 2 + 10 * (1 - 1 / (8 * PI)) * cos(x) + 10;
}

function rosenbrock(x: readonly number[]): number {
  return sum(x.slice(1), (next, i) => {
    const v = x[i] as number;
    return 100 * (next - v * v) ** 2 + (1 - v) ** 2;
  });
}

const HARTMANN_6 = {
  a: [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
  ],
  p: [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
  ],
};

const HARTMANN_3 = {
  a: [
    [3, 10, 30],
    [0.1, 10, 35],
    [3, 10, 30],
    [0.1, 10, 35],
  ],
  p: [
    [0.3689, 0.117, 0.2673],
    [0.4699, 0.4387, 0.747],
    [0.1091, 0.8732, 0.5547],
    [0.0381, 0.5743, 0.8828],
  ],
};

function hartmann({ a, p }: typeof HARTMANN_3): (x: readonly number[]) => number {
  const alpha = [1, 1.2, 3, 3.2];
  return (x) =>
    -sum(alpha, (weight, i) => {
      const inner = sum(x, (v, j) => (a[i]?.[j] as number) * (v - (p[i]?.[j] as number)) ** 2);
      return weight * Math.exp(-inner);
    });
}

function ackley(x: readonly number[]): number {
  const waves = sum(x, (v) => Math.cos(2 * Math.PI * v));
  const { length } = x;
  return -20 * Math.exp(-0.2 * Math.sqrt(squares(x) / length)) - Math.exp(waves / length) + 20 + Math.E;
}

function rastrigin(x: readonly number[]): number {
  return sum(x, (v) => v * v - 10 * Math.cos(2 * Math.PI * v) + 10);
}

function griewank(x: readonly number[]): number {
  return 1 + squares(x) / 4000 - x.reduce((product, v, i) => product * Math.cos(v / Math.sqrt(i + 1)), 1);
}

function levy(x: readonly number[]): number {
  const w = x.map((v) => 1 + (v - 1) / 4);
  const [first = 1] = w;
  const last = w.at(-1) as number;
  const middle = sum(w.slice(0, -1), (v) => (v - 1) ** 2 * (1 + 10 * Math.sin(Math.PI * v + 1) ** 2));
  return Math.sin(Math.PI * first) ** 2 + middle + (last - 1) ** 2 * (1 + Math.sin(2 * Math.PI * last) ** 2);
}

function styblinskiTang(x: readonly number[]): number {
  return sum(x, (v) => v ** 4 - 16 * v * v + 5 * v) / 2;
}

function sixHumpCamel([x = 0, y = 0]: readonly number[]): number {
  return (4 - 2.1 * x * x + x ** 4 / 3) * x * x + x * y + (-4 + 4 * y * y) * y * y;
}

function goldsteinPrice([x = 0, y = 0]: readonly number[]): number {
  const a = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x * x - 14 * y + 6 * x * y + 3 * y * y);
  const b = 30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x * x + 48 * y - 36 * x * y + 27 * y * y);
  return Math.log(a * b);
}

const braninProblem = continuous({
  name: 'Branin',
  dimensions: 2,
  bounds: [
    [-5, 10],
    [0, 15],
  ],
  loss: branin,
  least: 0.39788735772973816,
});
const hartmann6 = continuous({
  name: 'Hartmann',
  dimensions: 6,
  bounds: [0, 1],
  loss: hartmann(HARTMANN_6),
  least: -3.32236801141551,
});
const rosenbrock5 = continuous({
  name: 'Rosenbrock',
  dimensions: 5,
  bounds: [-2, 2],
  loss: rosenbrock,
  least: 0,
});

const ACTIVATION_LOSS: Readonly<Record<string, number>> = { relu: 0, elu: 0.2, tanh: 0.5, sigmoid: 2 };

function mixedLoss({ lr, units, activation, dropout }: AnyParams): number {
  return (
    (Math.log10(lr as number) + 3) ** 2 +
    (Math.log2(units as number) - 6) ** 2 / 4 +
    (ACTIVATION_LOSS[activation as string] as number) +
    4 * ((dropout as number) - 0.2) ** 2
  );
}

const mixed: Problem = {
  name: 'mixed (4)',
  space: {
    lr: real(1e-6, 1, { log: true, precision: null }),
    units: integer(8, 512, { log: true }),
    activation: categorical(['relu', 'elu', 'tanh', 'sigmoid']),
    dropout: real(0, 0.8, { precision: null }),
  },
  regret: mixedLoss,
  objective: mixedLoss,
};

/** The four functions that the goals are set on. */
export const goalProblems: Readonly<Record<'branin' | 'hartmann' | 'rosenbrock' | 'mixed', Problem>> = {
  branin: braninProblem,
  hartmann: hartmann6,
  rosenbrock: rosenbrock5,
  mixed,
};

function integersLoss(point: AnyParams): number {
  return sum(Object.values(point) as number[], (v, i) => Math.abs(v - 3 - 2 * i) ** 1.5);
}

const log10 = (value: unknown): number => Math.log10(value as number);

/** Three kinds of model, each with settings of its own. The best is 0. */
const conditional: Problem = {
  name: 'conditional (8)',
  space: {
    model: categorical(['svm', 'forest', 'network']),
    c: real(1e-3, 1e3, { log: true, when: { model: 'svm' } }),
    gamma: real(1e-4, 10, { log: true, when: { model: 'svm' } }),
    trees: integer(10, 1000, { log: true, when: { model: 'forest' } }),
    depth: integer(1, 30, { when: { model: 'forest' } }),
    lr: real(1e-5, 1, { log: true, when: { model: 'network' } }),
    dropout: real(0, 0.9, { when: { model: 'network' } }),
    layers: integer(1, 6, { when: { model: 'network' } }),
  },
  regret: conditionalLoss,
  objective: conditionalLoss,
};

function conditionalLoss({ model, c, gamma, trees, depth, lr, dropout, layers }: AnyParams): number {
  if (model === 'svm') return 0.3 + (log10(c) - 1) ** 2 / 4 + (log10(gamma) + 2) ** 2 / 4;
  if (model === 'forest') return 0.2 + (log10(trees) - 2.5) ** 2 / 4 + ((depth as number) - 12) ** 2 / 100;
  return (log10(lr) + 3) ** 2 / 2 + 2 * ((dropout as number) - 0.3) ** 2 + ((layers as number) - 3) ** 2 / 10;
}

/** The usual ones besides: two to twenty dimensions, noisy, of whole numbers. */
export const moreProblems: readonly Problem[] = [
  continuous({
    name: 'six-hump camel',
    dimensions: 2,
    bounds: [
      [-3, 3],
      [-2, 2],
    ],
    loss: sixHumpCamel,
    least: -1.031628453489877,
  }),
  continuous({
    name: 'log Goldstein-Price',
    dimensions: 2,
    bounds: [-2, 2],
    loss: goldsteinPrice,
    least: Math.log(3),
  }),
  continuous({
    name: 'Hartmann',
    dimensions: 3,
    bounds: [0, 1],
    loss: hartmann(HARTMANN_3),
    least: -3.86278214782076,
  }),
  continuous({ name: 'Rastrigin', dimensions: 4, bounds: [-5.12, 5.12], loss: rastrigin, least: 0 }),
  continuous({ name: 'Ackley', dimensions: 5, bounds: [-15, 30], loss: ackley, least: 0 }),
  continuous({
    name: 'Styblinski-Tang',
    dimensions: 6,
    bounds: [-5, 5],
    loss: styblinskiTang,
    least: -39.16616570377142 * 6,
  }),
  continuous({ name: 'Griewank', dimensions: 8, bounds: [-60, 90], loss: griewank, least: 0 }),
  continuous({ name: 'Levy', dimensions: 10, bounds: [-10, 10], loss: levy, least: 0 }),
  continuous({ name: 'Rosenbrock', dimensions: 20, bounds: [-2, 2], loss: rosenbrock, least: 0 }),
  continuous({
    name: 'shifted sphere',
    dimensions: 20,
    bounds: [-5, 5],
    loss: (x) => sum(x, (v, i) => (v - 3 + 0.3 * i) ** 2),
    least: 0,
  }),
  conditional,
  noisy(braninProblem, 2),
  noisy(hartmann6, 0.2),
  {
    name: 'whole numbers (5)',
    space: Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`n${i}`, integer(0, 20)])),
    regret: integersLoss,
    objective: integersLoss,
  },
];

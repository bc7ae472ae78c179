import type { Objective } from '../../src/evaluation/evaluation.js';
import { exposeObjective } from '../../src/executors/expose-objective.js';

type Deed = Objective<{ readonly n: number }>;

/** What the tests ask for by the worker's name. */
const deeds: Readonly<Record<string, Deed>> = {
  square: ({ params }) => ({ objective: params.n ** 2, statistics: { page: typeof document } }),
  report: ({ report }) => {
    for (let i = 1; i <= 5; i += 1) report(1 / i, { step: 10 * i });
    return Number.NEGATIVE_INFINITY;
  },
  learn: async ({ report, shouldStop }) => {
    for (let i = 1; ; i += 1) {
      report(i);
      if (await shouldStop()) return undefined;
    }
  },
  throw: () => {
    throw new RangeError('too far');
  },
  'throw a text': () => Promise.reject('no error at all'),
  // @ts-expect-error: a function is no result
  'return a function': () => () => 1,
  crash: () => {
    setTimeout(() => {
      throw new Error('out of the blue');
    });
    return new Promise(() => {});
  },
  heed: ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  hang: () => {
    for (;;);
  },
};

const deed = deeds[self.name];
if (deed) exposeObjective(deed);

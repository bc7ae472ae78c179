import { isFailure } from './call.js';
import type { Model } from './model.js';

/** What a unique key promises: it is given once, until it is free again. The state tells whether it is taken. */
export const keyModel: Model<boolean> = {
  initial: false,
  after(taken, { method, outcome }) {
    if (method === 'createBenchmark')
      return outcome === undefined || isFailure(outcome) === taken ? [true] : [];
    const agrees = outcome === undefined || (outcome as { count: number }).count === (taken ? 1 : 0);
    if (!agrees) return [];
    return [method === 'deleteBenchmark' ? false : taken];
  },
};

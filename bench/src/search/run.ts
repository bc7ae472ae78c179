import {
  type AlgorithmDefinition,
  type AnyParams,
  buildSpace,
  seedRandom,
  toParams,
} from '@trialbase/client';
import type { Trial } from '@trialbase/core';
import type { Problem } from './problem.js';

export interface RunOptions {
  readonly seed: number;
  readonly trials: number;
  /** How many trials are under way at once. Default: 1. */
  readonly workers?: number;
}

/**
 * Searches a problem the way that the client does: the state goes through the store each time, and what is under way is
 * told. Trials end in the order in which they began.
 *
 * @returns the smallest regret after each trial, counted by when trials end.
 */
export function runSearch(
  define: (seed: number) => AlgorithmDefinition,
  problem: Problem,
  { seed, trials, workers = 1 }: RunOptions,
): number[] {
  const space = buildSpace(problem.space);
  const algorithm = define(seed).create(space);
  const noise = seedRandom(seed + 1_000_000).normal;
  let state = algorithm.state();
  const pending: { readonly trial: Trial; readonly point: AnyParams }[] = [];
  const best: number[] = [];
  let begun = 0;
  while (best.length < trials) {
    while (pending.length < workers && begun < trials) {
      algorithm.setState(structuredClone(state));
      const [point] = algorithm.suggest(
        1,
        pending.map(({ trial }) => trial),
      );
      state = algorithm.state();
      if (!point) break;
      pending.push({ trial: newTrial(toParams(space, point), begun++), point });
    }
    const ended = pending.shift();
    if (!ended) break;
    const value = problem.objective(ended.point, noise);
    algorithm.observe([
      { ...ended.trial, status: 'completed', results: [{ name: 'objective', type: 'objective', value }] },
    ]);
    best.push(Math.min(best.at(-1) ?? Number.POSITIVE_INFINITY, problem.regret(ended.point)));
  }
  return best;
}

/** A trial under way, as the client would have reserved it. */
export function newTrial(params: Trial['params'], number: number): Trial {
  const id = String(number).padStart(6, '0');
  return {
    _id: id,
    id,
    experiment: 'bench',
    status: 'reserved',
    worker: null,
    submit_time: null,
    start_time: null,
    end_time: null,
    heartbeat: null,
    results: [],
    params,
    parent: null,
    exp_working_dir: null,
  };
}

export function completedTrial(trial: Trial, objective: number): Trial {
  const results = [{ name: 'objective', type: 'objective' as const, value: objective }];
  return { ...trial, status: 'completed', results };
}

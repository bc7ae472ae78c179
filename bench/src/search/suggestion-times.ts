import { buildSpace, samplePoint, seedRandom, toParams } from '@trialbase/client';
import { endedTrial, simulatedTrial } from '@trialbase/client/testing';
import type { Trial } from '@trialbase/core';
import { median } from '../rounds.js';
import type { Contender } from './contenders.js';
import type { Problem } from './problem.js';

/** Before the clock is looked at, so that the engine has compiled what runs. */
const WARM_UP = 100;
const MEASURED = 50;

/** Milliseconds that a suggestion takes, at the median, after so many observed trials of random points. */
export function suggestionTimes({ define }: Contender, problem: Problem, sizes: readonly number[]): number[] {
  const space = buildSpace(problem.space);
  const algorithm = define(1).create(space);
  const random = seedRandom(2);
  let observed = 0;
  return sizes.map((size) => {
    const batch: Trial[] = [];
    for (; observed < size; observed += 1) {
      const point = samplePoint(space, random);
      const trial = simulatedTrial(toParams(space, point), observed);
      batch.push(endedTrial(trial, problem.objective(point, random.normal), observed));
    }
    algorithm.observe(batch);
    for (let i = 0; i < WARM_UP; i += 1) algorithm.suggest(1, []);
    return median(
      Array.from({ length: MEASURED }, () => {
        const start = performance.now();
        algorithm.suggest(1, []);
        return performance.now() - start;
      }),
    );
  });
}

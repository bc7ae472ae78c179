import { describe, type Experiment } from '@trialbase/core';
import type { AlgorithmDefinition } from '../algorithms/algorithm.js';
import { isSameConfiguration } from '../algorithms/same-configuration.js';
import { seedOf } from '../algorithms/seed.js';
import { readSpace, type Space, writeSpace } from '../space/space.js';

/** What is searched, and how, as far as it was told. */
export interface Wanted {
  readonly space: Space | undefined;
  readonly algorithm: AlgorithmDefinition | undefined;
  /** That of the algorithm which is stored, or chosen. */
  readonly seed: number | undefined;
}

/** How a stored experiment differs from what is wanted, in words; empty where it does not. */
export function differencesOf(stored: Experiment, { space, algorithm, seed }: Wanted): string[] {
  return [
    ...(space ? spaceDifferences(writeSpace(readSpace(stored.space)), writeSpace(space)) : []),
    ...(algorithm && !isSameConfiguration(stored.algorithm, algorithm.configuration)
      ? [`its algorithm is ${describe(stored.algorithm)}, not ${describe(algorithm.configuration)}`]
      : []),
    ...(seed !== undefined && seedOf(stored.algorithm) !== seed
      ? [`its algorithm is ${describe(stored.algorithm)}, whose seed is not ${seed}`]
      : []),
  ];
}

function spaceDifferences(stored: Record<string, string>, wanted: Record<string, string>): string[] {
  const keys = [...new Set([...Object.keys(stored), ...Object.keys(wanted)])];
  const differing = keys.filter((key) => stored[key] !== wanted[key]);
  return differing.map((key) => `${key} is ${stored[key] ?? 'not in it'}, not ${wanted[key] ?? 'absent'}`);
}

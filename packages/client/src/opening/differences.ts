import { describe, type Experiment } from '@trialbase/core';
import type { AlgorithmDefinition } from '../algorithms/algorithm.js';
import { readSpace, type Space, writeSpace } from '../space/space.js';
import { isSameConfiguration } from './same-configuration.js';

/** What is searched, and how, as far as it was told. */
export interface Wanted {
  readonly space: Space | undefined;
  readonly algorithm: AlgorithmDefinition | undefined;
}

/** How a stored experiment differs from what is wanted, in words; empty where it does not. */
export function differencesOf(stored: Experiment, { space, algorithm }: Wanted): string[] {
  return [
    ...(space ? spaceDifferences(writeSpace(readSpace(stored.space)), writeSpace(space)) : []),
    ...(algorithm && !isSameConfiguration(stored.algorithm, algorithm.configuration)
      ? [`its algorithm is ${describe(stored.algorithm)}, not ${describe(algorithm.configuration)}`]
      : []),
  ];
}

function spaceDifferences(stored: Record<string, string>, wanted: Record<string, string>): string[] {
  const keys = [...new Set([...Object.keys(stored), ...Object.keys(wanted)])];
  const differing = keys.filter((key) => stored[key] !== wanted[key]);
  return differing.map((key) => `${key} is ${stored[key] ?? 'not in it'}, not ${wanted[key] ?? 'absent'}`);
}

import {
  type AlgorithmDefinition,
  chooseAlgorithm,
  cmaEs,
  evolution,
  gaussianProcess,
  grid,
  halton,
  randomSearch,
  type SpaceInput,
  tpe,
} from '@trialbase/client';

export interface Contender {
  readonly name: string;
  readonly define: (seed: number) => AlgorithmDefinition;
  /** `slow`: a suggestion takes tens of milliseconds, so there are fewer seeds and trials. `seedless`: one search is as all. */
  readonly kind?: 'slow' | 'seedless';
}

/** The algorithms that are measured on every problem: add yours. */
export const contenders: readonly Contender[] = [
  { name: 'random', define: (seed) => randomSearch({ seed }) },
  { name: 'halton', define: (seed) => halton({ seed }) },
  { name: 'grid', define: () => grid(), kind: 'seedless' },
  { name: 'tpe', define: (seed) => tpe({ seed }) },
  { name: 'gp', define: (seed) => gaussianProcess({ seed }), kind: 'slow' },
  { name: 'cmaes', define: (seed) => cmaEs({ seed }) },
  { name: 'evolution', define: (seed) => evolution({ seed }) },
];

/** Which of them a search of so many trials has where none is given. */
export function chosenFor(space: SpaceInput, maxTrials: number): string {
  const { algorithm } = chooseAlgorithm(space, { maxTrials, seed: 0 });
  return Object.keys(algorithm.configuration)[0] as string;
}

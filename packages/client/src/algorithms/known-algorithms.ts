import { describe, InvalidConfigurationError } from '@trialbase/core';
import type { AlgorithmDefinition } from './algorithm.js';
import { cmaEs } from './cma-es/cma-es.js';
import { evolution } from './evolution/evolution.js';
import { asha } from './fidelity/asha.js';
import { hyperband } from './fidelity/hyperband.js';
import { successiveHalving } from './fidelity/successive-halving.js';
import { gaussianProcess } from './gaussian-process/gaussian-process.js';
import { grid } from './grid/grid.js';
import { halton } from './halton/halton.js';
import { randomSearch } from './random-search.js';
import { tpe } from './tpe/tpe.js';

/** The algorithms that an experiment's document can name. */
const known: Readonly<Record<string, (options: object) => AlgorithmDefinition>> = {
  random: randomSearch,
  grid,
  evolution,
  asha: withSampler(asha),
  hyperband: withSampler(hyperband),
  successivehalving: withSampler(successiveHalving),
  halton,
  tpe,
  gp: gaussianProcess,
  cmaes: cmaEs,
};

/**
 * The algorithm that a document names: `{ random: { seed: 1 } }`.
 *
 * @throws InvalidConfigurationError that lists the known ones if it is none of them.
 */
export function readAlgorithm(stored: unknown): AlgorithmDefinition {
  const [[name, options] = [], ...more] = Object.entries(stored ?? {});
  const define = name !== undefined && Object.hasOwn(known, name) ? known[name] : undefined;
  if (!define || more.length > 0) {
    const names = Object.keys(known).join(', ');
    throw new InvalidConfigurationError(
      `The algorithm of the experiment is ${describe(stored)}; the known ones are ${names}. Pass \`algorithm\` to work on it with your own`,
    );
  }
  return define(options ?? {});
}

/** Reads an algorithm with another one among its options: `{ asha: { sampler: { random: { seed: 1 } } } }`. */
function withSampler(
  define: (options: { readonly sampler?: AlgorithmDefinition }) => AlgorithmDefinition,
): (options: { readonly sampler?: unknown }) => AlgorithmDefinition {
  return ({ sampler, ...options }) =>
    define(sampler === undefined ? options : { ...options, sampler: readAlgorithm(sampler) });
}

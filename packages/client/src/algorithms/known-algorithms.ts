import { checkOptions, describe, InvalidConfigurationError } from '@trialbase/core';
import type { AlgorithmConfiguration, AlgorithmDefinition } from './algorithm.js';
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
  const definition = definitionOf(stored);
  if (definition) return definition;
  throw new InvalidConfigurationError(
    `The algorithm of the experiment is ${describe(stored)}; the known ones are ${names()}. Pass \`algorithm\` to work on it with your own`,
  );
}

/**
 * The algorithm that somebody describes in that form. Other than in a document, which may be Orion's, an option that is
 * unknown is a mistake there.
 *
 * @throws InvalidConfigurationError if it is none of the known ones, or has no such option.
 */
export function parseAlgorithm(described: unknown): AlgorithmDefinition {
  const definition = definitionOf(described);
  if (!definition) {
    const [name, ...more] = Object.keys(described ?? {});
    const named = more.length > 0 ? undefined : name;
    throw new InvalidConfigurationError(
      `There is no algorithm ${describe(named ?? described)}: the known ones are ${names()}, each with its options, as in { tpe: {} }`,
    );
  }
  checkConfiguration(described as AlgorithmConfiguration, definition.configuration);
  return definition;
}

function definitionOf(described: unknown): AlgorithmDefinition | undefined {
  const [[name, options] = [], ...more] = Object.entries(described ?? {});
  const define = name !== undefined && Object.hasOwn(known, name) ? known[name] : undefined;
  return more.length > 0 ? undefined : define?.(options ?? {});
}

function names(): string {
  return Object.keys(known).join(', ');
}

/** What an algorithm makes of its options has all that there are; a seed may be that of a sampler. */
function checkConfiguration(described: AlgorithmConfiguration, made: AlgorithmConfiguration): void {
  const [[name, options] = []] = Object.entries(described);
  const allowed = Object.keys(made[name as string] ?? {});
  if (allowed.includes('sampler')) allowed.push('seed');
  checkOptions(`The algorithm '${name}'`, options ?? {}, allowed);
  const [given, taken] = [options?.['sampler'], made[name as string]?.['sampler']];
  if (given) checkConfiguration(given as AlgorithmConfiguration, taken as AlgorithmConfiguration);
}

/** Reads an algorithm with another one among its options: `{ asha: { sampler: { random: { seed: 1 } } } }`. */
function withSampler(
  define: (options: { readonly sampler?: AlgorithmDefinition }) => AlgorithmDefinition,
): (options: { readonly sampler?: unknown }) => AlgorithmDefinition {
  return ({ sampler, ...options }) =>
    define(sampler === undefined ? options : { ...options, sampler: readAlgorithm(sampler) });
}

import { type Evaluation, objectiveOf, type Trial } from 'trialbase';
import { CLASSES, join, type Parts } from './digits.js';
import { evaluate, evaluateTogether, type Network, type Score } from './network.js';
import type { Params } from './search.js';
import { train } from './train.js';

/** Every network starts from the same numbers: trials differ by what is tuned, not by luck. */
const WEIGHTS_SEED = 1;

/** What is stored of a network. */
export interface Verdict {
  /** Its loss on the validation part. */
  readonly objective: number;
  /** And the share of that part which it got right. */
  readonly statistics: { readonly accuracy: number };
}

/**
 * The objective: how badly a network with these settings, taught on one part of the digits, does on another. `onEpoch` is
 * called with how it does so far, each time it has seen every sample once more.
 */
export async function judge(
  parts: Parts,
  { params, signal }: Pick<Evaluation<Params>, 'params' | 'signal'>,
  onEpoch?: (score: Score) => void,
): Promise<Verdict> {
  const network = await train(parts.train, params, {
    classes: CLASSES,
    seed: WEIGHTS_SEED,
    signal,
    ...(onEpoch && { onEpoch: (taught: Network) => onEpoch(evaluate(taught, parts.validation)) }),
  });
  const { loss, accuracy } = evaluate(network, parts.validation);
  return { objective: loss, statistics: { accuracy } };
}

/**
 * The final figure: the share of the test part that networks with these settings, taught on everything else, get right
 * by vote. Nothing was ever chosen by the test part, so the figure is what to expect of new digits.
 */
export async function finalAccuracy(
  parts: Parts,
  settings: readonly Params[],
  signal: AbortSignal,
): Promise<number> {
  const samples = join(parts.train, parts.validation);
  const networks: Network[] = [];
  for (const params of settings) {
    networks.push(await train(samples, params, { classes: CLASSES, seed: WEIGHTS_SEED, signal }));
  }
  return evaluateTogether(networks, parts.test).accuracy;
}

/** The loss that a trial ended with; infinite where there is none. */
export function lossOf(trial: Trial | undefined): number {
  return objectiveOf(trial?.results) ?? Number.POSITIVE_INFINITY;
}

/** The share of the validation part that a trial's network got right. */
export function accuracyOf(trial: Trial): number {
  return Number(trial.results.find(({ name }) => name === 'accuracy')?.value);
}

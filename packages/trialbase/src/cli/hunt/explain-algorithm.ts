import { chooseAlgorithm, type SpaceInput } from '@trialbase/client';
import type { Experiment } from '@trialbase/core';

/** By which algorithm an experiment is searched and, where it is the one that is chosen where none is given, why. */
export function explainAlgorithm({ algorithm, max_trials }: Experiment, space: SpaceInput): string {
  const stored = (algorithm ?? {}) as Readonly<Record<string, unknown>>;
  const [name = 'unknown'] = Object.keys(stored);
  const { algorithm: chosen, reason } = chooseAlgorithm(space, { maxTrials: max_trials });
  const isChosen = JSON.stringify(chosen.configuration) === JSON.stringify(stored);
  return `Algorithm: ${name}${isChosen ? `. ${reason}` : ''}`;
}

import type { ExperimentClient } from '@trialbase/client';

/** By which algorithm an experiment is searched and, where it is the one that is chosen where none is given, why. */
export function explainAlgorithm({ algorithm: { configuration, reason } }: ExperimentClient): string {
  const [name = 'unknown'] = Object.keys(configuration);
  return `Algorithm: ${name}${reason ? `. ${reason}` : ''}`;
}

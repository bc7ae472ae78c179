import { type ExperimentClient, integer, openExperiment } from '@trialbase/client';
import { DocumentStorage, openMemory } from '@trialbase/core';

export type Params = { readonly n: number };

/** A search over whole numbers, in a store of its own. */
export async function open(maxTrials: number, maxBroken = 3): Promise<ExperimentClient<Params>> {
  const storage = new DocumentStorage(await openMemory());
  return openExperiment(storage, { name: 'e', space: { n: integer(1, 1_000) }, maxTrials, maxBroken });
}

/** Resolves when the condition holds; gives up after ten seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('Waited in vain for ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

import type { Experiment, StorageProtocol, Trial } from '@trialbase/core';

/** How long to follow a search. */
export interface FollowOptions {
  /** Ends the following. */
  readonly signal?: AbortSignal;
}

/** Each trial that is completed or broken, in the order in which they ended: those that are, then others as they end. */
export async function* finished(
  storage: StorageProtocol,
  experiment: Experiment,
  options: FollowOptions,
): AsyncGenerator<Trial, undefined> {
  const where = { status: { $in: ['completed', 'broken'] } };
  for await (const changes of storage.watchTrials(experiment, { where, ...options })) {
    const ended = changes.flatMap((change) => (change.kind === 'added' ? [change.trial] : []));
    for (const trial of ended.toSorted((a, b) => endOf(a) - endOf(b))) {
      yield trial;
      if (options.signal?.aborted) return undefined;
    }
  }
  return undefined;
}

/** A trial that broke without results ended when its status was set. */
function endOf({ end_time, heartbeat }: Trial): number {
  return (end_time ?? heartbeat)?.getTime() ?? 0;
}

import { FailedUpdateError, type HeldTrial, type StorageProtocol } from '@trialbase/core';

/** After so many beats in a row that could not be written, others are about to take the trial for lost. */
const MISSED_BEATS = 4;

/**
 * Beats the heart of a trial every `interval` milliseconds until the function returned is called. `end` is called once
 * if there is no point in going on: with a FailedUpdateError where the reservation has gone to somebody else, with the
 * storage's own error where the storage has failed for several beats.
 */
export function keepAlive(
  storage: StorageProtocol,
  trial: HeldTrial,
  interval: number,
  end: (reason: unknown) => void,
): () => void {
  let stopped = false;
  let missed = 0;
  let timer = setTimeout(beat, interval);

  async function beat(): Promise<void> {
    const failure = await beatOnce();
    if (stopped) return;
    if (failure) end(failure.reason);
    else timer = setTimeout(beat, interval);
  }

  async function beatOnce(): Promise<{ reason: unknown } | undefined> {
    try {
      const stands = await storage.updateHeartbeat(trial);
      missed = 0;
      return stands ? undefined : { reason: lost(trial) };
    } catch (reason) {
      missed += 1;
      return missed < MISSED_BEATS ? undefined : { reason };
    }
  }

  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

function lost({ id }: HeldTrial): FailedUpdateError {
  return new FailedUpdateError(
    `The reservation of trial '${id}' has ended: it was taken for lost. Leave it to its new holder`,
  );
}

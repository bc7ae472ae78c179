import { FailedUpdateError, type HeldTrial, type StorageProtocol } from '@trialbase/core';
import { keepRhythm } from '../timing/rhythm.js';
import type { TimerOptions } from '../timing/timer.js';

/** After so many beats in a row that could not be written, others are about to take the trial for lost. */
const MISSED_BEATS = 4;

/**
 * Beats the heart of a trial every `interval` milliseconds until the function returned is called. `trouble` is called at each
 * beat that tells that there may be no point in going on: with a FailedUpdateError where the reservation has gone to somebody
 * else, with the storage's own error where the storage has failed for several beats. Where it was the storage that kept
 * beats back until the trial was taken for lost, its error is the cause.
 */
export function keepAlive(
  storage: StorageProtocol,
  trial: HeldTrial,
  interval: number,
  trouble: (reason: unknown) => void,
  options?: TimerOptions,
): () => void {
  let stopped = false;
  let missed = 0;
  let failure: unknown;
  const stopRhythm = keepRhythm(
    interval,
    async () => {
      const found = await beat();
      if (found && !stopped) trouble(found.reason);
    },
    options,
  );

  async function beat(): Promise<{ reason: unknown } | undefined> {
    try {
      if (await storage.updateHeartbeat(trial)) {
        missed = 0;
        return undefined;
      }
      return { reason: missed > 0 ? starved(trial, failure) : lost(trial) };
    } catch (reason) {
      missed += 1;
      failure = reason;
      return missed < MISSED_BEATS ? undefined : { reason };
    }
  }

  return () => {
    stopped = true;
    stopRhythm();
  };
}

function lost({ id }: HeldTrial): FailedUpdateError {
  return new FailedUpdateError(
    `The reservation of trial '${id}' has ended: it was taken for lost. Leave it to its new holder`,
  );
}

function starved({ id }: HeldTrial, cause: unknown): FailedUpdateError {
  return new FailedUpdateError(
    `The reservation of trial '${id}' has ended: its last heartbeats could not be stored, and it was taken for lost. See the cause`,
    { cause },
  );
}

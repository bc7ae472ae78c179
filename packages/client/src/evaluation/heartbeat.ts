import { FailedUpdateError, type HeldTrial, type StorageProtocol } from '@trialbase/core';
import { keepRhythm } from '../timing/rhythm.js';
import type { TimerOptions } from '../timing/timer.js';

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
  options?: TimerOptions,
): () => void {
  let stopped = false;
  let missed = 0;
  const stopRhythm = keepRhythm(
    interval,
    async () => {
      const failure = await beat();
      if (!failure || stopped) return;
      stop();
      end(failure.reason);
    },
    options,
  );

  async function beat(): Promise<{ reason: unknown } | undefined> {
    try {
      const stands = await storage.updateHeartbeat(trial);
      missed = 0;
      return stands ? undefined : { reason: lost(trial) };
    } catch (reason) {
      missed += 1;
      return missed < MISSED_BEATS ? undefined : { reason };
    }
  }

  function stop(): void {
    stopped = true;
    stopRhythm();
  }

  return stop;
}

function lost({ id }: HeldTrial): FailedUpdateError {
  return new FailedUpdateError(
    `The reservation of trial '${id}' has ended: it was taken for lost. Leave it to its new holder`,
  );
}

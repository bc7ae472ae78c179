import { errorCode, type StorageProtocol, type Trial, type TrialStatus } from '@trialbase/core';

/** Ends a reservation. @returns the trial with its new status; `undefined` where somebody else holds it, or has ended it. */
export async function giveUp(
  storage: StorageProtocol,
  trial: Trial,
  status: TrialStatus,
): Promise<Trial | undefined> {
  try {
    return await storage.setTrialStatus(trial, status, { was: 'reserved' });
  } catch (error) {
    if (errorCode(error) === 'failed-update') return undefined;
    throw error;
  }
}

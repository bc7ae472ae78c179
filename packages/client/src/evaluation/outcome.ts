import { errorCode, type Result, type StorageProtocol, type Trial } from '@trialbase/core';
import { giveUp } from './give-up.js';

/** What became of a trial. The `error` of one is what its objective threw, where that was not to heed its signal. */
export type Outcome =
  | { readonly kind: 'completed'; readonly trial: Trial }
  | { readonly kind: 'broken'; readonly trial: Trial; readonly error: unknown }
  | Unfinished;

/**
 * `interrupted`: it waits for another worker. `lost`: another worker has it already, and nothing was stored. `failed`: the
 * storage did, while the trial was evaluated.
 */
export type Unfinished =
  | { readonly kind: 'interrupted' | 'lost'; readonly trial: Trial; readonly error?: unknown }
  | { readonly kind: 'failed'; readonly trial: Trial; readonly error?: unknown; readonly reason: unknown };

/** Results that cannot be stored are a fault of the objective, and break the trial as an exception does. */
export async function complete(
  storage: StorageProtocol,
  trial: Trial,
  toResults: () => readonly Result[],
): Promise<Outcome> {
  try {
    const results = toResults();
    const completed = await storage.pushTrialResults({ ...trial, results }, { status: 'completed' });
    return { kind: 'completed', trial: completed };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'failed-update') return { kind: 'lost', trial };
    if (code === 'invalid-result' || code === 'invalid-document') return breakTrial(storage, trial, error);
    throw error;
  }
}

export async function breakTrial(storage: StorageProtocol, trial: Trial, error: unknown): Promise<Outcome> {
  const broken = await giveUp(storage, trial, 'broken');
  return broken ? { kind: 'broken', trial: broken, error } : { kind: 'lost', trial, error };
}

export async function interrupt(storage: StorageProtocol, trial: Trial): Promise<Unfinished> {
  const interrupted = await giveUp(storage, trial, 'interrupted');
  return interrupted ? { kind: 'interrupted', trial: interrupted } : { kind: 'lost', trial };
}

import type { Id, NewTrial, Result, Trial, TrialStatus } from '@trialbase/core';

/** The experiment of every trial here. */
export const EXPERIMENT = 'bench';

/** What is measured of a store, be it Trialbase's or written by hand: verbs of the protocol, for one experiment. */
export interface Verbs {
  register(trial: NewTrial): Promise<unknown>;
  /** @returns the trials as they are stored. */
  registerAll(trials: readonly NewTrial[]): Promise<unknown>;
  /** Takes the oldest trial that is new, suspended or interrupted. @returns it. */
  reserve(): Promise<unknown>;
  /** This verb, and the next two, are for whoever holds the trial. */
  beat(trial: Trial): Promise<unknown>;
  setStatus(trial: Trial, status: TrialStatus): Promise<unknown>;
  complete(trial: Trial, results: readonly Result[]): Promise<unknown>;
  get(trial: Trial): Promise<unknown>;
  /** By the time at which they were submitted. */
  byStatus(status: TrialStatus): Promise<unknown>;
  countCompleted(): Promise<unknown>;
  /** Takes the algorithm lock, keeps a state in it, and frees it. `meanwhile` is called while the lock is held. */
  useLock(state: unknown, meanwhile?: () => Promise<void> | void): Promise<unknown>;
  remove(ids: readonly Id[]): Promise<unknown>;
  close(): Promise<void>;
}

import type { Trial } from '@trialbase/core';

/** One value that an evaluation told of before it ended, after so many steps. The smaller the value, the better. */
export type Report = readonly [step: number, value: number];

/** Decides which evaluations are not worth going on with, by what others reported at the same step. */
export interface StoppingRule {
  /** A judge that has seen nothing yet. Each call of `workOn` has one of its own. */
  create(): StoppingJudge;
}

/** A stopping rule at work on one experiment. */
export interface StoppingJudge {
  /** Learns from trials that were completed, each of them given once, in the order in which they ended; see `reportsOf`. */
  observe(trials: readonly Trial[]): void;
  /**
   * Whether to give up an evaluation that has reported these values: one at least, their steps rising, the values
   * perhaps `NaN`.
   */
  shouldStop(reports: readonly Report[]): boolean;
}

import type { Trial } from '@trialbase/core';
import type { AnyParams } from '../space/param-types.js';
import type { Space } from '../space/space.js';

/**
 * A search algorithm at work on one space. Every worker has one of its own; what they share is the state, which one
 * worker at a time reads, advances and writes back. What it suggests follows from the state and from the trials that it
 * has observed alone, so that it does not matter which worker asks.
 */
export interface Algorithm {
  /** Whether it learns from trials that ended. Where it does not, they need not be fetched. */
  readonly needsObservations: boolean;
  /**
   * Points to evaluate, `count` at most. Some of them may be known already; they are then asked for again. None at all:
   * there is nothing to suggest before more trials have ended, or ever again if none are under way.
   *
   * @param pending the trials of the experiment that are under way, whoever evaluates them, or that wait to be. Their
   * points need not be suggested again, and what is near them will be known soon.
   */
  suggest(count: number, pending: readonly Trial[]): readonly AnyParams[];
  /**
   * Learns from trials that ended, each of them given once, in the order in which they ended: those that were completed,
   * and those that are broken, which have no value to learn from, but will not be completed either.
   */
  observe(trials: readonly Trial[]): void;
  /** What the next worker has to know: plain and small. What `observe` can tell it again is better left out. */
  state(): unknown;
  /** Goes on from a state, which may have been written by another worker. */
  setState(state: unknown): void;
}

/** An algorithm and its options, before it has met a space. */
export interface AlgorithmDefinition {
  /** As documents have it, in Orion's form: `{ random: { seed: 1 } }`. */
  readonly configuration: AlgorithmConfiguration;
  /** The algorithm in its first state. @throws InvalidConfigurationError if it cannot search that space. */
  create(space: Space): Algorithm;
}

/** The name of an algorithm with its options. */
export type AlgorithmConfiguration = { readonly [name: string]: { readonly [option: string]: unknown } };

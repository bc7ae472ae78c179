import { byHand } from './by-hand.js';
import type { StoreKind } from './store.js';
import { file } from './trialbase-stores.js';

export type SharedStore = 'relaxed' | 'SQLite NORMAL' | 'strict' | 'SQLite FULL';

/** The stores that processes can share, by the names by which a process is told which one to open. */
export const sharedStores: Readonly<Record<SharedStore, StoreKind>> = {
  relaxed: file('relaxed'),
  'SQLite NORMAL': byHand({ synchronous: 'NORMAL', counts: false }),
  strict: file('strict'),
  'SQLite FULL': byHand({ synchronous: 'FULL', counts: false }),
};

/** What a worker process is to do: lifecycles in the store in a directory, for some seconds, and for as long before to warm up. */
export interface Assignment {
  readonly store: SharedStore;
  readonly directory: string;
  /** The number of its first trial. The others of the same store begin far from it. */
  readonly from: number;
  readonly seconds: number;
  /** How many connections it has to the store, each of which lives trials one after another. Default: 1. */
  readonly connections?: number;
}

/** What a worker process did. */
export interface Work {
  /** The trials that it reserved and completed; it registered as many. */
  readonly completed: readonly string[];
  /** Lifecycles a second, once warm. */
  readonly rate: number;
}

import type { PlantedFault } from '../workload/planted-fault.js';

/** How one life of a worker process is to be lived. Given to it as JSON. */
export interface Life {
  /** The directory of the store. */
  readonly store: string;
  /** The file to which it writes its calls. */
  readonly log: string;
  /** The name under which it holds trials, which its later lives have too. */
  readonly worker: string;
  /** Unlike that of any other life. */
  readonly name: string;
  readonly seed: number;
  readonly durability: 'relaxed' | 'strict';
  readonly exclusive: boolean;
  /** Of how many writes to the disk one fails; 0 for none. */
  readonly diskFaults: number;
  /** Whether the store may say that it is full or cannot be reached. Where not, that is a fault. */
  readonly mayBeTroubled: boolean;
  /** What is broken in it, to see that this is found. */
  readonly planted?: PlantedFault;
  /** `search`: all that a worker of a search does. `counter`: raising the counter under the lock of the experiment `counter`. */
  readonly work: 'search' | 'counter';
}

/** So small that a journal is written anew again and again. */
export const growth = 20_000;
/** A holder of a lock that is stopped for so long has lost it, in milliseconds. */
export const staleAfter = 1_000;
/** A worker that is stopped for so long has lost its trial, in milliseconds. */
export const lostAfter = 400;

/** Workers agree by the clock on which experiment they work, so that none grows long. */
export function experimentAt(now: number): string {
  return `e${Math.floor(now / 4_000)}`;
}

/** The experiment whose counter is raised where nothing else is done. */
export const counterExperiment = 'counter';

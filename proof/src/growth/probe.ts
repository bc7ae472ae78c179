import type { StorageProtocol } from '@trialbase/core';
import { median } from 'bench/rounds';
import type { FilledStore } from './filled-store.js';

/** A method of the protocol. What disposes of a storage asynchronously is `close` by another name. */
export type Method = Extract<keyof StorageProtocol, string>;

/** Those that are not about trials. */
export type ExperimentMethod = Extract<
  Method,
  `${string}${'Benchmark' | 'Experiment' | 'Lock'}${string}` | 'close'
>;

/** The ways in which a method is called, by what each of them is about. */
export type Ways = Readonly<Record<string, Probe>>;

/** A call of the protocol whose cost is measured. */
export interface Probe {
  /**
   * By what its cost may go. `call`: it costs the same whatever the store holds. `trial`: it hands out, reads or changes
   * all trials of the experiment, and each of them costs the same.
   */
  readonly by: 'call' | 'trial';
  /** How often it is called in one turn, at the most: few times where that takes long. */
  readonly most: number;
  /** Whether a call, or what comes before or after it, takes the longer the more trials there are. */
  readonly isLong: boolean;
  /** Whether it leaves nothing behind it to measure. */
  readonly last: boolean;
  /** Does it so many times. */
  run(store: FilledStore, times: number, spent?: Meter): Promise<Cost>;
}

/** @returns how many milliseconds of processors this process has spent by now. */
type Meter = () => number;

/** What a call costs, in milliseconds. */
export interface Cost {
  /** How long it took, at the median of the calls of a turn. */
  readonly clock: number;
  /** What the process spent in the turn, on all its threads, by the number of calls. Absent where nobody tells. */
  readonly processor?: number;
}

interface Steps<Ready, Result> {
  /** What comes before all calls, once for each of them, and is not measured. */
  readonly before?: (store: FilledStore) => Ready | Promise<Ready>;
  readonly call: (store: FilledStore, ready: Ready) => Promise<Result>;
  /** Leaves the store as it was. */
  readonly after?: (store: FilledStore, result: Result, ready: Ready) => Promise<unknown>;
}

/** A call that should cost the same whatever the store holds. */
export function flat<Ready, Result>(steps: Steps<Ready, Result>): Probe {
  return {
    by: 'call',
    most: Number.POSITIVE_INFINITY,
    isLong: false,
    last: false,
    run: (store, times, spent) => run(steps, store, times, spent),
  };
}

/** The same for one that takes long, or whose preparation does. */
export function flatFew<Ready, Result>(most: number, steps: Steps<Ready, Result>): Probe {
  return { ...flat(steps), most };
}

/** The same for one whose preparation goes over all that is stored. */
export function flatAfterAll<Ready, Result>(steps: Steps<Ready, Result>): Probe {
  return { ...flat(steps), isLong: true };
}

/** A call that reads all trials of the experiment. */
export function overAll<Ready, Result>(steps: Steps<Ready, Result>): Probe {
  return { ...flatAfterAll(steps), by: 'trial' };
}

/** One that writes them all. What the store has put off until the next write, such as writing its journal anew, it does before. */
export function writesAll<Result>(call: Steps<void, Result>['call']): Probe {
  return { ...overAll({ before: (store) => store.settle(), call }), most: 1 };
}

/** One that leaves none of them. */
export function writesAllAtLast<Result>(call: Steps<void, Result>['call']): Probe {
  return { ...writesAll(call), last: true };
}

async function run<Ready, Result>(
  { before, call, after }: Steps<Ready, Result>,
  store: FilledStore,
  times: number,
  spent?: Meter,
): Promise<Cost> {
  const ready: Ready[] = [];
  for (let i = 0; i < times; i++) ready.push((await before?.(store)) as Ready);
  const results: Result[] = [];
  const took: number[] = [];
  const spentBefore = spent?.();
  for (const each of ready) {
    const start = performance.now();
    results.push(await call(store, each));
    took.push(performance.now() - start);
  }
  const processor = spent && (spent() - (spentBefore ?? 0)) / times;
  for (const [i, each] of ready.entries()) await after?.(store, results[i] as Result, each);
  return { clock: median(took), ...(processor !== undefined && { processor }) };
}

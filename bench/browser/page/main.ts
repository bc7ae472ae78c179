/** What a page does when the benchmark asks: calls by name, since what is evaluated in a page sees nothing of its modules. */

import { openIdb } from '@trialbase/idb';
import { finishedTrial } from '../../src/trials.js';
import { type Contenders, type Library, openContenders } from './contenders.js';
import { IdbByHand } from './idb-by-hand.js';
import { type LockOwner, type LockUser, openLock } from './lock-turns.js';
import { terminateHolder, workersTakeTurns } from './lock-workers.js';
import { OBEDIENT, obeyOrders } from './obey-orders.js';
import { ProtocolVerbs } from './protocol.js';
import { Round, type RoundFigures } from './round.js';
import { EXPERIMENT } from './verbs.js';

let contenders: Contenders | undefined;
let lock: LockUser | undefined;
let turns: Promise<number[]> | undefined;
let waited: Promise<number> | undefined;

const actions = {
  /** Adds to both stores finished trials with the numbers from `from` up to, not including, `to`. */
  async fill({
    from,
    to,
    status,
  }: {
    from: number;
    to: number;
    status: 'completed' | 'broken';
  }): Promise<void> {
    const trials = Array.from({ length: to - from }, (_, i) => ({
      ...finishedTrial(EXPERIMENT, from + i),
      status,
    }));
    for (const verbs of [await IdbByHand.open('by-hand'), new ProtocolVerbs(await openIdb())]) {
      await verbs.registerAll(trials);
      await verbs.close();
    }
  },

  async open(library: Library): Promise<void> {
    contenders = await openContenders(library);
  },

  /** Measures every verb, so many times each. */
  async round({ size, many, number }: { size: number; many: number; number: number }): Promise<RoundFigures> {
    if (!contenders) throw new Error('The stores are not open');
    return {
      ...(await new Round(contenders, size, number).lives()),
      ...(await new Round(contenders, size, number).others()),
      ...(await new Round(contenders, many, number).many()),
    };
  },

  async close(): Promise<void> {
    await contenders?.byHand.verbs.close();
    await contenders?.protocol.verbs.close();
    contenders = undefined;
  },

  async openLock(owner: LockOwner): Promise<void> {
    lock = await openLock(owner);
  },
  hold: async (): Promise<void> => theLock().hold(),
  /** Begins to take the lock so many times; `turns` tells when it had it. */
  beginTurns(times: number): void {
    turns = theLock().takeTurns(times);
  },
  turns: async (): Promise<number[]> => (await turns) ?? [],
  /** Begins to wait for the lock; `waited` tells what came. */
  wait(): void {
    waited = theLock().wait();
  },
  waited: async (): Promise<number> => (await waited) ?? Number.NaN,
  workersTakeTurns: ({ owner, times }: { owner: LockOwner; times: number }): Promise<number[][]> =>
    workersTakeTurns(owner, times),
  terminateHolder,
};

function theLock(): LockUser {
  if (!lock) throw new Error('The lock is not open');
  return lock;
}

declare global {
  interface Window {
    readonly bench: typeof actions;
  }
}

Object.assign(window, { bench: actions });
if (location.hash === OBEDIENT) await obeyOrders();

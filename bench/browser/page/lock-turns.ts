import { openIdb } from '@trialbase/idb';
import { IdbByHand } from './idb-by-hand.js';
import { ProtocolVerbs } from './protocol.js';
import type { Verbs } from './verbs.js';

/** Whose lock: Trialbase's algorithm lock, or one written by hand that promises the same. */
export type LockOwner = 'trialbase' | 'byHand';

/** What pages and workers do with the lock. */
export interface LockUser {
  /** Takes the lock so many times. @returns when it had it, in milliseconds on the clock of all pages and workers. */
  takeTurns(times: number): Promise<number[]>;
  /** Takes the lock and keeps it. Resolves once it is taken. */
  hold(): Promise<void>;
  /** Waits for the lock, and gives it back. @returns when it came, as `Date.now()` tells it. */
  wait(): Promise<number>;
}

/** Opens a store whose lock is to be used. */
export async function openLock(owner: LockOwner): Promise<LockUser> {
  const verbs = owner === 'byHand' ? await IdbByHand.open('by-hand') : await openProtocol();
  return {
    takeTurns: (times) => takeTurns(verbs, times),
    hold: () => hold(verbs),
    wait: () => wait(verbs),
  };
}

async function openProtocol(): Promise<ProtocolVerbs> {
  const protocol = new ProtocolVerbs(await openIdb());
  await protocol.begin();
  return protocol;
}

async function takeTurns(verbs: Verbs, times: number): Promise<number[]> {
  const turns: number[] = [];
  for (let i = 0; i < times; i++) {
    await verbs.useLock(i, () => {
      turns.push(performance.timeOrigin + performance.now());
    });
  }
  return turns;
}

function hold(verbs: Verbs): Promise<void> {
  return new Promise((resolve, reject) => {
    const holding = verbs.useLock(0, () => {
      resolve();
      return new Promise<void>(() => undefined);
    });
    holding.catch(reject);
  });
}

async function wait(verbs: Verbs): Promise<number> {
  let came = Number.NaN;
  await verbs.useLock(1, () => {
    came = Date.now();
  });
  return came;
}

/** Does in a worker what the page asks of the lock, one message at a time. */

import { type LockOwner, type LockUser, openLock } from './lock-turns.js';

/** The name of a method, and what it takes. */
export type LockOrder = { readonly open: LockOwner } | { readonly take: number } | 'hold' | 'wait';

let lock: Promise<LockUser>;

// An error that is reported reaches the page; a promise that is rejected here would not.
addEventListener('message', ({ data }: MessageEvent<LockOrder>) => obey(data).then(postMessage, reportError));

async function obey(order: LockOrder): Promise<unknown> {
  if (order === 'hold' || order === 'wait') return (await lock)[order]();
  if ('take' in order) return (await lock).takeTurns(order.take);
  lock = openLock(order.open);
  await lock;
  return undefined;
}

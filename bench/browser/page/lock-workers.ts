import type { LockOwner } from './lock-turns.js';
import type { LockOrder } from './lock-worker.js';

/** How long one waits until another surely waits for the lock, in milliseconds. */
const SETTLING = 100;

/** Two workers take the lock in turn. @returns when each of them had it. */
export async function workersTakeTurns(owner: LockOwner, times: number): Promise<number[][]> {
  const workers = await Promise.all([start(owner), start(owner)]);
  const turns = await Promise.all(workers.map((worker) => ask(worker, { take: times })));
  for (const worker of workers) worker.terminate();
  return turns as number[][];
}

/** Ends a worker that holds the lock. @returns how many milliseconds later one that waits has it. */
export async function terminateHolder(): Promise<number> {
  const [holder, waiter] = await Promise.all([start('trialbase'), start('trialbase')]);
  await ask(holder, 'hold');
  const waited = ask(waiter, 'wait') as Promise<number>;
  await new Promise((resolve) => {
    setTimeout(resolve, SETTLING);
  });
  const ended = Date.now();
  holder.terminate();
  const came = await waited;
  waiter.terminate();
  return came - ended;
}

async function start(owner: LockOwner): Promise<Worker> {
  const worker = new Worker(new URL('./lock-worker.ts', import.meta.url), { type: 'module' });
  await ask(worker, { open: owner });
  return worker;
}

/** A worker answers one order before it is given the next. */
function ask(worker: Worker, order: LockOrder): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(`The worker failed: ${message}`)));
    worker.postMessage(order);
  });
}

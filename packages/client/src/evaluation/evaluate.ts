import { errorCode, type StorageProtocol, type Trial } from '@trialbase/core';
import { pointOf } from '../space/space.js';
import { sleep } from '../timing/sleep.js';
import { giveUp } from './give-up.js';
import { keepAlive } from './heartbeat.js';
import { type Output, toResults } from './results.js';

/** How long an objective that was told to stop may take to do so, in milliseconds, before it is left alone. */
const GRACE = 500;

/** What an objective is called with. */
export interface Evaluation<P> {
  readonly params: P;
  /** The trial as it was reserved. */
  readonly trial: Trial;
  /** Aborted when the work is to stop, and when the trial has gone to another worker; its `reason` tells why. */
  readonly signal: AbortSignal;
}

/** Evaluates one trial. What it throws makes the trial broken. */
export type Objective<P> = (evaluation: Evaluation<P>) => Output | Promise<Output>;

/** What became of a trial. `lost`: it has gone to another worker, and its results were not stored. */
export type Outcome =
  | { readonly kind: 'completed'; readonly trial: Trial }
  | { readonly kind: 'broken'; readonly trial: Trial; readonly error: unknown }
  | { readonly kind: 'interrupted'; readonly trial: Trial }
  | { readonly kind: 'lost' };

export interface EvaluateOptions {
  /** Milliseconds between two heartbeats. */
  readonly heartbeatInterval: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Evaluates a reserved trial and stores what comes out of it, beating its heart meanwhile.
 *
 * @throws what the storage throws, unless it concerns this trial alone.
 */
export async function evaluate<P>(
  storage: StorageProtocol,
  trial: Trial,
  objective: Objective<P>,
  { heartbeatInterval, signal }: EvaluateOptions,
): Promise<Outcome> {
  if (signal?.aborted) return interrupt(storage, trial);
  const own = new AbortController();
  const forward = (): void => own.abort(signal?.reason);
  signal?.addEventListener('abort', forward, { once: true });
  const stopBeating = keepAlive(storage, trial, heartbeatInterval, (reason) => own.abort(reason));
  try {
    const stopped = aborted(own.signal); // before the objective runs: it may abort the work itself
    const running = run(objective, { params: pointOf(trial) as P, trial, signal: own.signal });
    const ended = await Promise.race([running, stopped]);
    stopBeating();
    if (ended.kind === 'returned') return await store(storage, trial, ended.output);
    if (ended.kind === 'threw') return await breakTrial(storage, trial, ended.error);
    const interrupted = signal?.aborted ? await interrupt(storage, trial) : undefined;
    await leaveTime(running);
    if (interrupted) return interrupted;
    if (errorCode(own.signal.reason) === 'failed-update') return { kind: 'lost' };
    throw own.signal.reason;
  } finally {
    stopBeating();
    signal?.removeEventListener('abort', forward);
  }
}

type Ended =
  | { readonly kind: 'returned'; readonly output: unknown }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'aborted' };

async function run<P>(objective: Objective<P>, evaluation: Evaluation<P>): Promise<Ended> {
  try {
    return { kind: 'returned', output: await objective(evaluation) };
  } catch (error) {
    return { kind: 'threw', error };
  }
}

function aborted(signal: AbortSignal): Promise<Ended> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve({ kind: 'aborted' }), { once: true });
  });
}

async function leaveTime(running: Promise<Ended>): Promise<void> {
  const settled = new AbortController();
  await Promise.race([running, sleep(GRACE, settled.signal)]);
  settled.abort(); // ends the timer, for which a process would wait
}

/** Results that cannot be stored are a fault of the objective, and break the trial as an exception does. */
async function store(storage: StorageProtocol, trial: Trial, output: unknown): Promise<Outcome> {
  try {
    const results = toResults(output);
    return {
      kind: 'completed',
      trial: await storage.pushTrialResults({ ...trial, results }, { status: 'completed' }),
    };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'failed-update') return { kind: 'lost' };
    if (code === 'invalid-result' || code === 'invalid-document') return breakTrial(storage, trial, error);
    throw error;
  }
}

async function breakTrial(storage: StorageProtocol, trial: Trial, error: unknown): Promise<Outcome> {
  const broken = await giveUp(storage, trial, 'broken');
  return broken ? { kind: 'broken', trial: broken, error } : { kind: 'lost' };
}

async function interrupt(storage: StorageProtocol, trial: Trial): Promise<Outcome> {
  const interrupted = await giveUp(storage, trial, 'interrupted');
  return interrupted ? { kind: 'interrupted', trial: interrupted } : { kind: 'lost' };
}

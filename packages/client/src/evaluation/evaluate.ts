import { errorCode, type Result, type StorageProtocol, type Trial } from '@trialbase/core';
import type { Executor } from '../executors/executor.js';
import type { Report } from '../stopping/stopping-rule.js';
import { sleep } from '../timing/sleep.js';
import type { Evaluation } from './evaluation.js';
import { giveUp } from './give-up.js';
import { keepAlive } from './heartbeat.js';
import { ReportWriter } from './report-writer.js';
import { RunningEvaluation } from './running-evaluation.js';

/** How long an objective that was told to stop may take to do so, in milliseconds, before it is left alone. */
const GRACE = 500;

/** What became of a trial. `lost`: it has gone to another worker, and its results were not stored. */
export type Outcome =
  | { readonly kind: 'completed'; readonly trial: Trial }
  | { readonly kind: 'broken'; readonly trial: Trial; readonly error: unknown }
  | { readonly kind: 'interrupted'; readonly trial: Trial }
  | { readonly kind: 'lost' };

export interface EvaluateOptions {
  /** Milliseconds between two heartbeats. */
  readonly heartbeatInterval: number;
  /** Whether to give up an evaluation that reported these values. Default: never. */
  readonly shouldStop?: ((reports: readonly Report[]) => Promise<boolean>) | undefined;
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
  executor: Executor<P>,
  { heartbeatInterval, shouldStop, signal }: EvaluateOptions,
): Promise<Outcome> {
  if (signal?.aborted) return interrupt(storage, trial);
  const own = new AbortController();
  const abort = (reason: unknown): void => own.abort(reason);
  const forward = (): void => abort(signal?.reason);
  signal?.addEventListener('abort', forward, { once: true });
  const stopBeating = keepAlive(storage, trial, heartbeatInterval, abort);
  const running = new RunningEvaluation<P>(trial, {
    signal: own.signal,
    reported: () => writer.wake(),
    shouldStop,
  });
  const writer = new ReportWriter(storage, trial, running.log, abort);
  try {
    const stopped = aborted(own.signal); // before the objective runs: it may abort the work itself
    const run = settled(executor, running.evaluation);
    const ended = await Promise.race([run, stopped]);
    running.end();
    stopBeating();
    await writer.end();
    if (ended.kind === 'returned') return await store(storage, trial, () => running.results(ended.output));
    await writer.flush();
    if (ended.kind === 'threw') return await breakTrial(storage, trial, ended.error);
    const interrupted = signal?.aborted ? await interrupt(storage, trial) : undefined;
    await leaveTime(run);
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

async function settled<P>(executor: Executor<P>, evaluation: Evaluation<P>): Promise<Ended> {
  try {
    return { kind: 'returned', output: await executor.run(evaluation) };
  } catch (error) {
    return { kind: 'threw', error };
  }
}

function aborted(signal: AbortSignal): Promise<Ended> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve({ kind: 'aborted' }), { once: true });
  });
}

async function leaveTime(run: Promise<Ended>): Promise<void> {
  const over = new AbortController();
  await Promise.race([run, sleep(GRACE, over.signal)]);
  over.abort(); // ends the timer, for which a process would wait
}

/** Results that cannot be stored are a fault of the objective, and break the trial as an exception does. */
async function store(
  storage: StorageProtocol,
  trial: Trial,
  toStore: () => readonly Result[],
): Promise<Outcome> {
  try {
    const completed = await storage.pushTrialResults(
      { ...trial, results: toStore() },
      { status: 'completed' },
    );
    return { kind: 'completed', trial: completed };
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

import { errorCode, type StorageProtocol, type Trial } from '@trialbase/core';
import type { Executor } from '../executors/executor.js';
import type { Report } from '../stopping/stopping-rule.js';
import { sleep } from '../timing/sleep.js';
import type { Evaluation } from './evaluation.js';
import { keepAlive } from './heartbeat.js';
import { breakTrial, complete, interrupt, type Outcome, type Unfinished } from './outcome.js';
import { ReportWriter } from './report-writer.js';
import { RunningEvaluation } from './running-evaluation.js';

/** How long an objective that was told to stop may take to do so, in milliseconds, before it is left alone. */
const GRACE = 500;

export interface EvaluateOptions {
  /** Milliseconds between two heartbeats. */
  readonly heartbeatInterval: number;
  /** Whether to give up an evaluation that reported these values. Default: never. */
  readonly shouldStop?: ((reports: readonly Report[]) => Promise<boolean>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with what the objective throws after it was left alone, however late, unless that is how it heeds its signal. */
  readonly onLateError?: ((error: unknown, trial: Trial) => void | Promise<void>) | undefined;
}

/**
 * Evaluates a reserved trial and stores what comes out of it, beating its heart until that is stored.
 *
 * @throws what the storage throws when it is to store that, unless it concerns this trial alone.
 */
export async function evaluate<P>(
  storage: StorageProtocol,
  trial: Trial,
  executor: Executor<P>,
  { heartbeatInterval, shouldStop, signal, onLateError }: EvaluateOptions,
): Promise<Outcome> {
  if (signal?.aborted) return interrupt(storage, trial);
  const running = new RunningEvaluation<P>(trial, { reported: () => writer.wake(), shouldStop });
  const abort = (reason: unknown): void => running.abort(reason);
  const writer = new ReportWriter(storage, trial, running.log, abort);
  const forward = (): void => abort(signal?.reason);
  signal?.addEventListener('abort', forward, { once: true });
  const stopBeating = keepAlive(storage, trial, heartbeatInterval, abort);
  try {
    const stopped = aborted(running.evaluation.signal); // before the objective runs: it may abort the work itself
    const run = settled(executor, running.evaluation);
    const ended = await Promise.race([run, stopped]);
    running.end();
    await writer.end();
    if (ended.kind === 'returned') return await complete(storage, trial, () => running.results(ended.output));
    await writer.flush();
    if (ended.kind === 'threw') return await breakTrial(storage, trial, ended.error);
    const news = run.then((late) => newsIn(late, ended.reason));
    const [given, inTime] = await Promise.all([
      giveBack(storage, trial, ended.reason, signal?.aborted ?? false),
      leaveTime(news),
    ]);
    if (inTime) return { ...given, ...inTime.news };
    // Nobody waits for it any more: where `onLateError` throws, the platform reports that.
    void news.then((late) => late && onLateError?.(late.error, given.trial));
    return given;
  } finally {
    stopBeating();
    signal?.removeEventListener('abort', forward);
  }
}

/** How an evaluation ended: with what the objective did, or before it did anything. */
type Ended = Settled | { readonly kind: 'aborted'; readonly reason: unknown };
type Settled =
  | { readonly kind: 'returned'; readonly output: unknown }
  | { readonly kind: 'threw'; readonly error: unknown };

async function settled<P>(executor: Executor<P>, evaluation: Evaluation<P>): Promise<Settled> {
  try {
    return { kind: 'returned', output: await executor.run(evaluation) };
  } catch (error) {
    return { kind: 'threw', error };
  }
}

function aborted(signal: AbortSignal): Promise<Ended> {
  return new Promise((resolve) => {
    const end = (): void => resolve({ kind: 'aborted', reason: signal.reason });
    signal.addEventListener('abort', end, { once: true });
  });
}

/** Has a trial wait for another worker. Where it was the storage that ended its evaluation, that is tried all the same. */
async function giveBack(
  storage: StorageProtocol,
  trial: Trial,
  reason: unknown,
  isToldTo: boolean,
): Promise<Unfinished> {
  if (isToldTo || errorCode(reason) === 'failed-update') return interrupt(storage, trial);
  try {
    await interrupt(storage, trial);
  } catch {
    // The storage still fails, for the reason that is told.
  }
  return { kind: 'failed', trial, reason };
}

/** `undefined` where there is none within the time that an objective has. */
async function leaveTime<T>(news: Promise<T>): Promise<{ readonly news: T } | undefined> {
  const over = new AbortController();
  const inTime = await Promise.race([
    news.then((each) => ({ news: each })),
    sleep(GRACE, over.signal).then(() => undefined),
  ]);
  over.abort(); // ends the timer, for which a process would wait
  return inTime;
}

/** What an objective that was told to stop threw, unless that is how it heeded its signal. */
function newsIn(late: Settled, reason: unknown): { readonly error: unknown } | undefined {
  return late.kind === 'threw' && !isAbort(late.error, reason) ? { error: late.error } : undefined;
}

/** Whether an error is but the way in which an objective, or what it called, heeded its signal. */
function isAbort(error: unknown, reason: unknown): boolean {
  if (error === reason) return true;
  return error instanceof Error && (error.name === 'AbortError' || error.cause === reason);
}

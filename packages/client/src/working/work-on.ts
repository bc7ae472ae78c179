import { describe, InvalidConfigurationError, type Trial } from '@trialbase/core';
import { evaluate, type Objective, type Outcome } from '../evaluation/evaluate.js';
import type { Search } from '../search.js';
import { sleep } from '../timing/sleep.js';
import { withSteadyTimers } from '../timing/timer.js';
import { uniqueName } from '../unique-name.js';
import { nextTrial, type Over } from './next-trial.js';

export interface WorkOptions {
  /**
   * Names this worker. One that is started again under its name goes on with the trial it held; in a page, see
   * {@link tabWorkerName}. Default: a name of its own.
   */
  readonly worker?: string;
  /** The most trials to complete in this call. Default: as many as the experiment needs. */
  readonly maxTrials?: number;
  /** Stops when this many trials broke in this call. Default: when the experiment's own limit is reached. */
  readonly maxBroken?: number;
  /**
   * Milliseconds between two signs of life; well below the time after which the storage takes a trial for lost.
   * Default: 24,000, a fifth of the storage's default.
   */
  readonly heartbeatInterval?: number;
  /** Stops after so many milliseconds in which there was no trial to work on. Default: never, while others are at work. */
  readonly idleTimeout?: number;
  /** How many points are suggested at once, when none is waiting. Default: 1. */
  readonly poolSize?: number;
  /** Stops the work: the running trial is interrupted, and waits for another worker. */
  readonly signal?: AbortSignal;
  /** Called with each trial that this worker completed or broke, as it is stored. What it throws ends the work. */
  readonly onTrial?: (trial: Trial) => void | Promise<void>;
  /** Called with whatever broke a trial. The work goes on, unless it throws. */
  readonly onError?: (error: unknown, trial: Trial) => void | Promise<void>;
}

/** What one worker did. */
export interface WorkSummary {
  /** How many trials this worker completed. */
  readonly completed: number;
  /** How many trials broke in this worker's hands. */
  readonly broken: number;
  /**
   * Why it stopped. `max-trials`, `max-broken`: a limit of the experiment, or of the call, was reached; `exhausted`:
   * the algorithm has no more points to suggest; `idle`: there was nothing to do for too long.
   */
  readonly reason: Over | 'aborted' | 'idle';
}

const LONGEST_TIMER = 2 ** 31 - 1;

/** Evaluates trials until there is a reason to stop. */
export async function workOn<P>(
  search: Search,
  objective: Objective<P>,
  options: WorkOptions,
): Promise<WorkSummary> {
  check(options);
  return withSteadyTimers(() => workUntilOver(search, objective, options));
}

async function workUntilOver<P>(
  search: Search,
  objective: Objective<P>,
  options: WorkOptions,
): Promise<WorkSummary> {
  const {
    worker = uniqueName('worker'),
    heartbeatInterval = 24_000,
    idleTimeout,
    poolSize = 1,
    signal,
  } = options;
  const { maxTrials = Number.POSITIVE_INFINITY, maxBroken = Number.POSITIVE_INFINITY } = options;
  const count = { completed: 0, broken: 0 };
  let idleSince: number | undefined;
  for (;;) {
    if (signal?.aborted) return { ...count, reason: 'aborted' };
    if (count.completed >= maxTrials) return { ...count, reason: 'max-trials' };
    if (count.broken >= maxBroken) return { ...count, reason: 'max-broken' };
    const next = await unlessAborted(signal, () => nextTrial(search, { worker, poolSize, signal }));
    if (next === 'wait') {
      idleSince ??= performance.now();
      if (idleTimeout !== undefined && performance.now() - idleSince >= idleTimeout)
        return { ...count, reason: 'idle' };
      await sleep(Math.min(heartbeatInterval, 1_000, idleTimeout ?? 1_000), signal);
      continue;
    }
    if (typeof next === 'string') return { ...count, reason: next };
    idleSince = undefined;
    const outcome = await evaluate(search.storage, next, objective, { heartbeatInterval, signal });
    if (outcome.kind === 'completed') count.completed += 1;
    if (outcome.kind === 'broken') count.broken += 1;
    await report(outcome, options);
  }
}

/** An error of a call that was given up because of the signal is no error. */
async function unlessAborted<T>(
  signal: AbortSignal | undefined,
  call: () => Promise<T>,
): Promise<T | 'aborted'> {
  try {
    return await call();
  } catch (error) {
    if (signal?.aborted && error === signal.reason) return 'aborted';
    throw error;
  }
}

async function report(outcome: Outcome, { onTrial, onError }: WorkOptions): Promise<void> {
  if (outcome.kind === 'broken') await onError?.(outcome.error, outcome.trial);
  if (outcome.kind === 'broken' || outcome.kind === 'completed') await onTrial?.(outcome.trial);
}

function check(options: WorkOptions): void {
  const { heartbeatInterval = 1, idleTimeout = 1, poolSize = 1, maxTrials = 1, maxBroken = 1 } = options;
  demand('heartbeatInterval', heartbeatInterval > 0 && heartbeatInterval <= LONGEST_TIMER, heartbeatInterval);
  demand('idleTimeout', idleTimeout >= 0, idleTimeout);
  demand('poolSize', Number.isSafeInteger(poolSize) && poolSize > 0, poolSize);
  demand('maxTrials', maxTrials > 0, maxTrials);
  demand('maxBroken', maxBroken > 0, maxBroken);
}

function demand(name: string, isFine: boolean, value: unknown): void {
  if (!isFine)
    throw new InvalidConfigurationError(`The option '${name}' of workOn cannot be ${describe(value)}`);
}

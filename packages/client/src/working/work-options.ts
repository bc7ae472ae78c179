import { checkOptions, describe, InvalidConfigurationError, type Trial } from '@trialbase/core';
import type { StoppingRule } from '../stopping/stopping-rule.js';

/** Who works, where, how much, and until when. */
export interface WorkOptions {
  /** How many trials are evaluated at once, each by a worker of its own. Default: 1. */
  readonly workers?: number;
  /**
   * Names the worker; several are called `name-1`, `name-2` and so on. One that is started again under its name goes on with
   * the trial it held; in a page, see {@link tabWorkerName}. Default: a name of its own.
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
  /** A worker stops after so many milliseconds in which there was no trial to work on. Default: never, while others are at work. */
  readonly idleTimeout?: number;
  /** How many points are suggested at once, when none is waiting. Default: 1. */
  readonly poolSize?: number;
  /** Advises evaluations that report values whether to give up: see `shouldStop` of {@link Evaluation}. Default: none ever is. */
  readonly stopping?: StoppingRule;
  /** Stops the work: running trials are interrupted, and wait for another worker. */
  readonly signal?: AbortSignal;
  /** Called with each trial that was completed or broken here, as it is stored. What it throws ends the work. */
  readonly onTrial?: (trial: Trial) => void | Promise<void>;
  /**
   * Called with whatever broke a trial; also with what an objective threw that had been told to stop, unless that is its
   * signal's reason or another AbortError: its trial is `interrupted`, or has gone to another worker. One that heeds its signal
   * late may throw when the work is over; it is told of then. The work goes on, unless this throws. Default: `console.error`.
   */
  readonly onError?: (error: unknown, trial: Trial) => void | Promise<void>;
}

/** What of the options of `workOn` has a meaning for one trial. */
export type SuggestOptions = Pick<WorkOptions, 'worker' | 'poolSize' | 'heartbeatInterval' | 'signal'>;

const known = {
  suggest: ['worker', 'poolSize', 'heartbeatInterval', 'signal'],
  workOn: [
    'workers',
    'worker',
    'maxTrials',
    'maxBroken',
    'heartbeatInterval',
    'idleTimeout',
    'poolSize',
    'stopping',
    'signal',
    'onTrial',
    'onError',
  ],
} as const;

/** @param call what they were given to. @throws InvalidConfigurationError if an option is unknown or makes no sense. */
export function checkWorkOptions(options: WorkOptions, call: 'workOn' | 'suggest'): void {
  checkOptions(call, options, known[call]);
  const { heartbeatInterval = 1, idleTimeout = 1, poolSize = 1, maxTrials = 1, maxBroken = 1 } = options;
  const { workers = 1, worker = 'w', stopping } = options;
  const demand = (name: keyof WorkOptions, isFine: boolean): void => {
    if (isFine) return;
    throw new InvalidConfigurationError(
      `The option '${name}' of ${call} cannot be ${describe(options[name])}`,
    );
  };
  demand('workers', Number.isSafeInteger(workers) && workers > 0);
  demand('worker', typeof worker === 'string' && worker !== '');
  demand('heartbeatInterval', heartbeatInterval > 0);
  demand('idleTimeout', idleTimeout >= 0);
  demand('poolSize', Number.isSafeInteger(poolSize) && poolSize > 0);
  demand('maxTrials', maxTrials > 0);
  demand('maxBroken', maxBroken > 0);
  demand('stopping', stopping === undefined || typeof stopping.create === 'function');
}

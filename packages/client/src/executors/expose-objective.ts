import { InvalidConfigurationError } from '@trialbase/core';
import type { Objective } from '../evaluation/evaluation.js';
import type { AnyParams } from '../space/param-types.js';
import type { ToWorker } from './messages.js';
import { serveObjective } from './serve-objective.js';

/**
 * Makes the script of a Web Worker an objective for {@link inWebWorker}. It may prepare itself first, such as by loading data.
 *
 * @throws InvalidConfigurationError outside a dedicated worker.
 */
export function exposeObjective<P = AnyParams>(objective: Objective<P>): void {
  if (typeof document !== 'undefined' || typeof postMessage !== 'function')
    throw new InvalidConfigurationError('exposeObjective is for the script of a Web Worker: call it there');
  serveObjective(objective, {
    post: (message) => postMessage(message),
    listen: (listener) => addEventListener('message', ({ data }: MessageEvent<ToWorker>) => listener(data)),
  });
}

import { parentPort } from 'node:worker_threads';
import { type AnyParams, type Objective, serveObjective } from '@trialbase/client';
import { InvalidConfigurationError } from '@trialbase/core';
import { evaluateAsChild } from './child-process/evaluate-as-child.js';

/**
 * Makes a script an objective: that of a worker thread for {@link inWorkerThread}, or a program for {@link inChildProcess}. It may
 * prepare itself first, such as by loading data. A program ends with its answer, whatever timers or sockets are open.
 *
 * @throws InvalidConfigurationError where the script is neither.
 */
export function exposeObjective<P = AnyParams>(objective: Objective<P>): void {
  const port = parentPort;
  if (port)
    serveObjective(objective, {
      post: (message) => port.postMessage(message),
      listen: (listener) => port.on('message', listener),
    });
  else if (process.env['TRIALBASE_RESULTS'] !== undefined) void evaluateAsChild(objective, process.env);
  else
    throw new InvalidConfigurationError(
      'exposeObjective is for a worker thread or a child process: hand the script to inWorkerThread or inChildProcess',
    );
}

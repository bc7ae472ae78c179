/**
 * All that a search needs, as it is in Node. In a browser it is the same without what evaluates trials in threads and programs.
 *
 * @module trialbase
 */

export {
  type ChildCommand,
  type ChildProcessOptions,
  type Command,
  exposeObjective,
  inChildProcess,
  inWorkerThread,
  reportResults,
  type ShowProgressOptions,
  showProgress,
  type WorkerThreadOptions,
} from '@trialbase/node';
export * from './index.js';

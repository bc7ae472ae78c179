/** What `trialbase` is in Node. */

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

/**
 * Evaluating trials in Node: in worker threads, and by programs in any language.
 *
 * @module @trialbase/node
 */

export type { ChildCommand, ChildProcessOptions, Command } from './child-process/child-command.js';
export { inChildProcess } from './child-process/in-child-process.js';
export { reportResults } from './child-process/report-results.js';
export { exposeObjective } from './expose-objective.js';
export { inWorkerThread, type WorkerThreadOptions } from './in-worker-thread.js';
export { type ShowProgressOptions, showProgress } from './progress/show-progress.js';
export type { ProgressStream } from './progress/view.js';

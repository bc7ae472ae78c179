/** What `trialbase` is in Node. */

export { type ChildCommand, type ChildProcessOptions, type Command, inChildProcess } from '@trialbase/node';
export * from './index.js';

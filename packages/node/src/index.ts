export type { ChildCommand, ChildProcessOptions, Command } from './child-process/child-command.js';
export { inChildProcess } from './child-process/in-child-process.js';

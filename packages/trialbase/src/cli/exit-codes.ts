import { type ErrorCode, errorCode } from '@trialbase/core';

/** What the process ends with, for scripts. */
export const exitCodes = {
  /** All went well. */
  ok: 0,
  /** Something failed that has no code of its own: the disk is full, a lock was not to be had, a program is missing. */
  failed: 1,
  /** The arguments, the configuration, a query or a value make no sense. Nothing was changed. */
  misused: 2,
  /** There is no such store, experiment or trial. */
  notFound: 3,
  /** The store, or the file that was read, is damaged or of a version that this one does not know. */
  damaged: 4,
  /** Somebody else has it: the name or the point is taken, or the trial is no longer what it was. */
  conflict: 5,
  /** The search ended before it had the trials that it was to have. */
  unfinished: 6,
  /** Interrupted by Ctrl-C, as shells have it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** An error of the command line itself, with the code to end with. */
export class CommandError extends Error {
  readonly exitCode: ExitCode;

  constructor(reason: Exclude<keyof typeof exitCodes, 'ok'>, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.exitCode = exitCodes[reason];
  }
}

const byErrorCode: Readonly<Record<ErrorCode, keyof typeof exitCodes>> = {
  'duplicate-key': 'conflict',
  'failed-update': 'conflict',
  'missing-arguments': 'misused',
  'mismatched-id': 'misused',
  'lock-timeout': 'failed',
  'invalid-query': 'misused',
  'invalid-document': 'misused',
  'invalid-result': 'misused',
  'invalid-configuration': 'misused',
  'evaluation-failed': 'failed',
  'read-only': 'failed',
  'storage-closed': 'failed',
  'storage-unavailable': 'notFound',
  'storage-full': 'failed',
  'corrupt-store': 'damaged',
  'unsupported-version': 'damaged',
};

/** The code for an error that a command met; `undefined` for one that nobody foresaw. */
export function exitCodeOf(error: unknown): ExitCode | undefined {
  if (error instanceof CommandError) return error.exitCode;
  const code = errorCode(error);
  return code && exitCodes[byErrorCode[code] ?? 'failed'];
}

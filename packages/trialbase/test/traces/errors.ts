import { type ErrorCode, errorCode } from '@trialbase/core';

/** What Orion's errors are called here. Where Python has one class for several mistakes, any of them will do. */
const counterparts: Readonly<Record<string, readonly (ErrorCode | 'boom')[]>> = {
  DuplicateKeyError: ['duplicate-key'],
  FailedUpdate: ['failed-update'],
  MissingArguments: ['missing-arguments'],
  AssertionError: ['mismatched-id'],
  LockAcquisitionTimeout: ['lock-timeout'],
  InvalidResult: ['invalid-result'],
  ValueError: ['invalid-document', 'invalid-query', 'invalid-result'],
  TypeError: ['invalid-document', 'invalid-configuration'],
  KeyError: ['invalid-configuration'],
  NotImplementedError: ['invalid-configuration'],
  AttributeError: ['invalid-document', 'invalid-result', 'read-only', 'invalid-configuration'],
  // A view that needs what the trial does not have.
  RuntimeError: ['boom', 'invalid-document'],
  KeyboardInterrupt: ['boom'],
};

export class Boom {
  readonly message = 'boom';
}

/** Whether an error here means what Orion's means. */
export function meansTheSame(orions: string, here: unknown): boolean {
  const code = here instanceof Boom ? 'boom' : errorCode(here);
  return code !== undefined && (counterparts[orions]?.includes(code) ?? false);
}

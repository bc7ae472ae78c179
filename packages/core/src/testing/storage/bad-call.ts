import type { ErrorCode } from '../../errors.js';
import type { StorageProtocol } from '../../storage-protocol.js';
import type { Trial } from '../../trials/trial.js';

/** A storage with one experiment, `1`, and a reserved trial of it. */
export interface World {
  readonly storage: StorageProtocol;
  readonly trial: Trial;
}

/** A call that must fail, with the code of its error. */
export type BadCall = readonly [what: string, code: ErrorCode, call: (world: World) => Promise<unknown>];

/** For calls that only plain JavaScript can make. */
export function as(value: unknown): never {
  return value as never;
}

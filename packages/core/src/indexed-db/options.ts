import { InvalidConfigurationError } from '../errors.js';
import type { Locks } from '../locks/locks.js';
import { checkDuration, checkOptions } from '../option-checks.js';

/** How to open a store in a database of its own in IndexedDB. */
export interface IndexedDbOptions {
  /** The name of the database, within its origin. Default: `trialbase`. */
  readonly name?: string;
  /** What an acknowledged write survives. `relaxed`: the death of the browser. `strict`: a loss of power too. Default: `relaxed`. */
  readonly durability?: 'relaxed' | 'strict';
  /** How long opening may take, in milliseconds, where another tab holds the database. Default: 10,000. */
  readonly openTimeout?: number;
  /**
   * How long a call may wait, in milliseconds, where another tab or worker is in the middle of a write: one that hangs there, or
   * was frozen by the browser, may stay so for good. Default: 90,000, as Chromium itself ends such a write after 60,000.
   */
  readonly callTimeout?: number;
  /** The locks shared by all who open this database. Default: the Web Locks of the origin, where the page has them. */
  readonly locks?: Locks;
}

const known = ['name', 'durability', 'openTimeout', 'callTimeout', 'locks'] as const;

/** The options with what they are by default. `locks` has no default here. */
export type CheckedOptions = Required<Omit<IndexedDbOptions, 'locks'>> & Pick<IndexedDbOptions, 'locks'>;

/** @param call what they were given to. @throws InvalidConfigurationError if an option is unknown or makes no sense. */
export function checkIndexedDbOptions(call: string, options: IndexedDbOptions): CheckedOptions {
  checkOptions(call, options, known);
  const { name = 'trialbase', durability = 'relaxed', openTimeout = 10_000, callTimeout = 90_000 } = options;
  if (typeof name !== 'string' || name === '') throw invalid('name', name, 'the name of a database');
  if (durability !== 'relaxed' && durability !== 'strict')
    throw invalid('durability', durability, "'relaxed' or 'strict'");
  checkDuration('openTimeout', openTimeout);
  checkDuration('callTimeout', callTimeout);
  return { ...options, name, durability, openTimeout, callTimeout };
}

function invalid(option: string, value: unknown, expected: string): InvalidConfigurationError {
  return new InvalidConfigurationError(`The option '${option}' is ${String(value)}: give ${expected}`);
}

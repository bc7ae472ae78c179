import { describe, InvalidConfigurationError } from '@trialbase/core';

/** @throws InvalidConfigurationError unless the option is a whole number from `least` up. */
export function checkCount(name: string, value: unknown, least: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  throw new InvalidConfigurationError(
    `The algorithm's option '${name}' is a whole number from ${least} up, not ${describe(value)}`,
  );
}

/** @throws InvalidConfigurationError unless the option is a number above 0 and up to `most`. */
export function checkShare(name: string, value: unknown, most: number): void {
  if (typeof value === 'number' && value > 0 && value <= most) return;
  throw new InvalidConfigurationError(
    `The algorithm's option '${name}' is a number above 0 and up to ${most}, not ${describe(value)}`,
  );
}

import { describe, InvalidConfigurationError } from './errors.js';

/** @throws InvalidConfigurationError if an option is no time to wait. */
export function checkDuration(name: string, milliseconds: unknown): void {
  if (typeof milliseconds === 'number' && milliseconds > 0) return;
  throw new InvalidConfigurationError(
    `'${name}' must be a number of milliseconds above 0, not ${describe(milliseconds)}`,
  );
}

/** @throws InvalidConfigurationError if an option, or what is to be called, is no function. */
export function checkFunction(name: string, value: unknown): void {
  if (typeof value === 'function') return;
  throw new InvalidConfigurationError(`'${name}' must be a function, not ${describe(value)}`);
}

/** The signal, if there is one. @throws InvalidConfigurationError if it is none. */
export function checkSignal(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal === undefined) return undefined;
  const { aborted, addEventListener } = (signal ?? {}) as Partial<AbortSignal>;
  if (typeof aborted === 'boolean' && typeof addEventListener === 'function') return signal;
  throw new InvalidConfigurationError(
    `'signal' must be the signal of an AbortController, not ${describe(signal)}`,
  );
}

import { describe, InvalidConfigurationError } from './errors.js';

/**
 * The options themselves, before anything is taken out of them. Of a name that is mistaken, such as `max_trials`, nothing would be
 * noticed but what it leads to: a search without end, or the deletion of all trials and not of some.
 *
 * @param call what they were given to.
 * @throws InvalidConfigurationError if they are no object, or one is none of the `known`.
 */
export function checkOptions<O extends object>(
  call: string,
  options: O,
  known: readonly (keyof O & string)[],
): O {
  if (typeof options !== 'object' || options === null)
    throw new InvalidConfigurationError(
      `${call} takes an object of options (${known.join(', ')}), not ${describe(options)}`,
    );
  const unknown = Object.keys(options).find((option) => !known.some((each) => each === option));
  if (unknown === undefined) return options;
  throw new InvalidConfigurationError(`${call} has no option '${unknown}'; it has ${known.join(', ')}`);
}

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

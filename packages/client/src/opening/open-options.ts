import { checkOptions, describe, InvalidConfigurationError } from '@trialbase/core';
import type { AlgorithmConfiguration, AlgorithmDefinition } from '../algorithms/algorithm.js';
import { checkSeed } from '../random.js';
import type { SpaceInput } from '../space/param-types.js';

/** What is searched, how, and for how long. */
export interface OpenExperimentOptions {
  readonly name: string;
  /** What is searched. Needed to create an experiment; one that exists has its space stored. */
  readonly space?: SpaceInput;
  /**
   * How it is searched: an algorithm, or its configuration in Orion's form. Default: as stored; for a new experiment what
   * `chooseAlgorithm` chooses.
   */
  readonly algorithm?: AlgorithmDefinition | AlgorithmConfiguration;
  /**
   * The seed of the algorithm that is chosen, or stored: a whole number from 0. The same seed gives the same search, by one worker.
   * An `algorithm` that is given has its own. Default: as stored; for a new experiment another search each time.
   */
  readonly seed?: number;
  /**
   * The search ends when this many trials are completed. More than stored extends it; less changes nothing. Default: as stored; for
   * a new version as its parent has it; else no end.
   */
  readonly maxTrials?: number;
  /** The search ends when this many trials are broken. As above; else 3. */
  readonly maxBroken?: number;
  /** Default: the highest that is as described here, or the next one where none is. */
  readonly version?: number;
  /**
   * Whether another space or algorithm than the stored ones makes the next version, with the stored one as its parent. Where
   * it does not, and where a `version` is asked for, it is an error that says what differs. Default: true.
   */
  readonly branch?: boolean;
  /** What to note with a new experiment, such as `{ user: 'me' }`. Its `datetime` is set. */
  readonly metadata?: { readonly [field: string]: unknown };
}

const known = [
  'name',
  'space',
  'algorithm',
  'seed',
  'maxTrials',
  'maxBroken',
  'version',
  'branch',
  'metadata',
] as const;

/** @throws InvalidConfigurationError if an option is unknown or makes no sense. */
export function checkOpenOptions(options: OpenExperimentOptions): void {
  checkOptions('openExperiment', options, known);
  const { name, maxTrials = 1, maxBroken = 1, version = 1, algorithm, seed } = options;
  const limits = Object.entries({ maxTrials, maxBroken, version });
  const wrong = limits.find(
    ([, value]) => value !== Number.POSITIVE_INFINITY && !(Number.isSafeInteger(value) && value > 0),
  );
  if (wrong)
    throw new InvalidConfigurationError(
      `The option '${wrong[0]}' is a whole number above 0, not ${describe(wrong[1])}`,
    );
  if (typeof name !== 'string' || name === '')
    throw new InvalidConfigurationError(`An experiment has a name, not ${describe(name)}`);
  if (seed === undefined) return;
  checkSeed(seed);
  if (algorithm)
    throw new InvalidConfigurationError(
      "The option 'seed' is that of the algorithm which is chosen or stored: give yours its own",
    );
}

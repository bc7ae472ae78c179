import { userInfo } from 'node:os';
import { type AlgorithmConfiguration, type ExperimentClient, openExperiment } from '@trialbase/client';
import type { StorageProtocol } from '@trialbase/core';
import { CommandError } from '../exit-codes.js';
import { latestOf } from '../experiments/find.js';
import type { ExperimentOptions } from '../experiments/options.js';
import { parseNamed } from './named.js';
import { CommandTemplate, missingFiles } from './template.js';

export interface SearchOptions extends ExperimentOptions {
  readonly maxTrials?: number;
  readonly maxBroken?: number;
  /** A name, or JSON. */
  readonly algorithm?: string;
  readonly seed?: number;
  readonly branch?: boolean;
  /** Where the program runs. */
  readonly cwd?: string;
}

/** A search, and the program that it tunes. */
export interface ProgramSearch {
  readonly search: ExperimentClient;
  readonly template: CommandTemplate;
}

/**
 * Opens the search of a program, or begins it.
 *
 * @param words the program and its arguments; none where it is that of before.
 * @throws CommandError if it is not clear what to tune.
 */
export async function openSearch(
  storage: StorageProtocol,
  words: readonly string[],
  options: SearchOptions,
): Promise<ProgramSearch> {
  const given = await wordsOf(storage, words, options);
  const template = new CommandTemplate(given, options.cwd);
  if (Object.keys(template.space).length === 0) throw nothingToTune(missingFiles(given, options.cwd));
  const { name = '', version, maxTrials, maxBroken, branch } = options;
  const search = await openExperiment(storage, {
    name,
    space: template.space,
    metadata: { user: userName(), user_args: given },
    ...(version !== undefined && { version }),
    ...(maxTrials !== undefined && { maxTrials }),
    ...(maxBroken !== undefined && { maxBroken }),
    ...(branch !== undefined && { branch }),
    ...algorithmOf(options),
  });
  return { search, template };
}

/** `undefined` for a user whom the system has no name for, as in some containers. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return process.env['USER'];
  }
}

function nothingToTune(missing: readonly string[]): CommandError {
  const there = missing.map((file) => `, and there is no file '${file}' that could mark one`).join('');
  return new CommandError(
    'misused',
    `There is nothing to tune${there}: mark a parameter, as in --lr~'loguniform(1e-5, 1.0)'`,
  );
}

/** The command that is given, or that of the experiment when it was created. */
async function wordsOf(
  storage: StorageProtocol,
  words: readonly string[],
  { name, version }: SearchOptions,
): Promise<readonly string[]> {
  if (name === undefined) throw new CommandError('misused', 'Say which experiment: -n NAME');
  if (words.length > 0) return words;
  const found = await storage.fetchExperiments(version === undefined ? { name } : { name, version });
  const stored = (latestOf(found)?.metadata as { user_args?: unknown } | null | undefined)?.user_args;
  if (Array.isArray(stored) && stored.length > 0) return stored.map(String);
  throw new CommandError(
    'misused',
    `Give the program to tune after '--': the experiment '${name}' has none yet`,
  );
}

/** A seed is that of the algorithm that is named, or else of the one that is chosen or stored. */
function algorithmOf({ algorithm, seed }: SearchOptions): {
  readonly algorithm?: AlgorithmConfiguration;
  readonly seed?: number;
} {
  if (algorithm === undefined) return seed === undefined ? {} : { seed };
  const { name, settings } = parseNamed(algorithm, '--algorithm');
  if (seed === undefined) return { algorithm: { [name]: settings } };
  if (Object.hasOwn(settings, 'seed'))
    throw new CommandError('misused', 'The seed is there twice: in --algorithm, and as --seed');
  return { algorithm: { [name]: { ...settings, seed } } };
}

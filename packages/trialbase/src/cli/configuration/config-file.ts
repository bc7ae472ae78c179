import { existsSync, readFileSync } from 'node:fs';
import { InvalidConfigurationError } from '@trialbase/core';
import { type Command, InvalidArgumentError, type Option } from 'commander';
import { settingNames } from './settings.js';

/** Where a configuration is looked for when none is named. */
export const defaultFiles = ['trialbase.yaml', 'trialbase.yml', 'trialbase.json'] as const;

/**
 * Gives the options of a command that neither a flag nor the environment has set what the configuration file says.
 *
 * @throws InvalidConfigurationError if the file that was named is missing, or one says something that makes no sense.
 */
export async function applyConfigFile(command: Command): Promise<void> {
  const named: unknown = command.getOptionValue('config');
  const path = typeof named === 'string' ? named : defaultFiles.find((name) => existsSync(name));
  if (path === undefined || !command.options.some(({ long }) => long === '--config')) return;
  const values = await readConfigFile(path);
  if (named === undefined) command.setOptionValueWithSource('config', path, 'default');
  for (const option of command.options) {
    const given = values[option.long?.slice(2) ?? ''];
    const source = command.getOptionValueSource(option.attributeName());
    if (given === undefined || source === 'cli' || source === 'env') continue;
    command.setOptionValueWithSource(option.attributeName(), read(option, given, path), 'config');
  }
}

async function readConfigFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  const content = readText(path);
  const { parse } = await import('yaml');
  let values: unknown;
  try {
    values = parse(content) ?? {};
  } catch (cause) {
    const [message = ''] = String(cause instanceof Error ? cause.message : cause).split('\n');
    throw new InvalidConfigurationError(`'${path}' is neither YAML nor JSON: ${message}`, { cause });
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw new InvalidConfigurationError(
      `'${path}' must hold settings by their names, such as store: file:searches`,
    );
  const unknown = Object.keys(values).find((key) => !(settingNames as readonly string[]).includes(key));
  if (unknown === undefined) return values as Record<string, unknown>;
  throw new InvalidConfigurationError(
    `'${path}' has a setting '${unknown}', which is unknown: there are ${settingNames.join(', ')}`,
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new InvalidConfigurationError(`The configuration '${path}' cannot be read: check --config`, {
      cause,
    });
  }
}

function read(option: Option, given: unknown, path: string): unknown {
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  try {
    return option.parseArg ? option.parseArg(text, undefined) : text;
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new InvalidConfigurationError(`'${path}' has ${option.long?.slice(2)}: ${text}. ${error.message}`);
  }
}

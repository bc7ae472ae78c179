import { Command } from 'commander';
import { configOption, type Setting, setting, storeSettings } from './settings.js';

/**
 * A command on a store: with the options that say which, and examples in its help.
 *
 * @param settings what else it takes, by the headings of its help.
 */
export function storeCommand(
  name: string,
  description: string,
  examples: readonly string[],
  settings: Readonly<Record<string, readonly Setting[]>> = {},
): Command {
  const command = new Command(name).description(description);
  for (const [heading, group] of Object.entries(settings)) {
    command.optionsGroup(heading);
    for (const each of group) command.addOption(setting(each));
  }
  command.optionsGroup('Store:');
  for (const each of storeSettings) command.addOption(setting(each));
  command.addOption(configOption());
  command.optionsGroup('Options:');
  return withExamples(command, examples);
}

/** Adds examples to the help of a command. */
export function withExamples(command: Command, examples: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${examples.map((each) => `  $ ${each}`).join('\n')}`);
}

/** The description that every command has for its `--json`. */
export const JSON_HELP = 'print JSON, for programs';

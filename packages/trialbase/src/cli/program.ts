import { readFileSync } from 'node:fs';
import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { configCommand } from './commands/config.js';
import { dbCommand } from './commands/db.js';
import { exportCommand } from './commands/export.js';
import { huntCommand } from './commands/hunt.js';
import { importCommand } from './commands/import.js';
import { infoCommand } from './commands/info.js';
import { insertCommand } from './commands/insert.js';
import { listCommand } from './commands/list.js';
import { plotCommand } from './commands/plot.js';
import { statusCommand } from './commands/status.js';
import { trialsCommand } from './commands/trials.js';
import { withExamples } from './configuration/command.js';
import { applyConfigFile } from './configuration/config-file.js';

/** The whole command line. */
export function createProgram(): Command {
  const program = new Command('trialbase')
    .description(
      'Hyperparameter searches that many workers share: run them, look at them, look after their store.',
    )
    .version(version(), '-V, --version')
    .enablePositionalOptions()
    .hook('preAction', (_, command) => applyConfigFile(command));
  program.commandsGroup('Searches:');
  for (const command of [
    huntCommand,
    listCommand,
    statusCommand,
    infoCommand,
    trialsCommand,
    plotCommand,
    insertCommand,
  ])
    program.addCommand(command());
  program.commandsGroup('Stores:');
  for (const command of [dbCommand, exportCommand, importCommand]) program.addCommand(command());
  program.commandsGroup('Setting up:');
  program.addCommand(configCommand());
  withExamples(program, [
    "trialbase hunt -n digits --max-trials 50 -- python train.py --lr~'loguniform(1e-5, 1.0)'",
    'trialbase status',
    'trialbase trials -n digits --where \'{"status": "completed"}\' --sort results.0.value --limit 10',
    'source <(trialbase completion bash)',
  ]);
  for (const command of everyCommand(program)) settle(command);
  tab(program, { completionCommandName: 'completion' });
  return program;
}

function* everyCommand(command: Command): Generator<Command> {
  yield command;
  for (const child of command.commands) yield* everyCommand(child);
}

/** What all have in common: wrong arguments are refused with a hint, and end as an error that `main` reports. */
function settle(command: Command): void {
  const isOfOne = command.options.some(({ long }) => long === '--name');
  command
    .allowExcessArguments(false)
    .exitOverride()
    .configureHelp({ minWidthToWrap: 30, subcommandTerm: (child) => `${child.name()} ${child.usage()}` })
    .showHelpAfterError(`(add --help for what there is${isOfOne ? '; -n NAME says which experiment' : ''})`)
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'trialbase: ')) });
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

import { Command } from 'commander';
import { JSON_HELP, withExamples } from '../configuration/command.js';
import { configOption, setting, settingNames, variableOf } from '../configuration/settings.js';
import { sourceOf } from '../configuration/sources.js';
import { formatValue } from '../output/format.js';
import { type PrintOptions, printLines, printRecords } from '../output/print.js';

export function configCommand(): Command {
  const command = new Command('config')
    .description(
      'Show which settings hold, and where each comes from: a flag, the environment, the file, or the default.',
    )
    .option('--json', JSON_HELP);
  for (const name of settingNames) command.addOption(setting(name));
  command.addOption(configOption());
  return withExamples(command, [
    'trialbase config',
    'TRIALBASE_STORE=file:searches trialbase config',
    'trialbase config --config other.yaml --json',
  ]).action(show);
}

async function show(options: PrintOptions & { readonly config?: string }, command: Command): Promise<void> {
  const rows = command.options
    .filter(({ long }) => (settingNames as readonly string[]).includes(long?.slice(2) ?? ''))
    .map((option) => {
      const name = option.long?.slice(2) as (typeof settingNames)[number];
      const attribute = option.attributeName();
      const from = sourceOf(command, attribute);
      return { name, value: command.getOptionValue(attribute) ?? null, from, variable: variableOf(name) };
    });
  if (!options.json) await printLines([`File: ${options.config ?? 'none'}`, '']);
  await printRecords(
    [
      { title: 'setting', value: ({ name }) => name },
      { title: 'value', value: (row) => formatValue(row.value) ?? '-' },
      {
        title: 'from',
        value: ({ from, variable }) => (from === 'environment' ? `environment (${variable})` : from),
      },
    ],
    rows,
    options,
  );
}

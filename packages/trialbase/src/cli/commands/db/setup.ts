import { existsSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { storeCommand } from '../../configuration/command.js';
import { defaultFiles } from '../../configuration/config-file.js';
import { storeConfig } from '../../configuration/store-config.js';
import { CommandError } from '../../exit-codes.js';
import { printLines } from '../../output/print.js';
import { withStore } from '../../store.js';

interface SetupOptions {
  readonly config?: string;
  readonly force?: boolean;
}

export function setupCommand(): Command {
  return storeCommand(
    'setup',
    'Create a store, and write a configuration file that names it, so that other commands find it.',
    ['trialbase db setup --store file:searches', 'trialbase db setup --path searches --durability strict'],
  )
    .option('-f, --force', 'replace a configuration file that is there')
    .action(async (options: SetupOptions, command: Command) => {
      const file = options.config ?? defaultFiles[0];
      if (existsSync(file) && !options.force)
        throw new CommandError('conflict', `'${file}' is there already: add --force to replace it`);
      const { stringify } = await import('yaml');
      const text = stringify(settingsOf(command));
      await withStore(command, 'create', async ({ place }) => {
        writeFileSync(file, text);
        await printLines([`Created ${place}`, `Wrote ${file}`]);
      });
    });
}

/** What the file is to say, by the names of the settings. */
function settingsOf(command: Command): Readonly<Record<string, unknown>> {
  const { type, path = '.trialbase', lostAfter, ...rest } = storeConfig(command);
  return {
    store: `${type}:${path}`,
    ...rest,
    ...(lostAfter !== undefined && { 'lost-after': lostAfter }),
  };
}

import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { JSON_HELP, storeCommand } from '../configuration/command.js';
import { type Entry, loadDump, type Resolution, resolutionOption } from '../dump/load-dump.js';
import { CommandError } from '../exit-codes.js';
import { type PrintOptions, printValue } from '../output/print.js';
import { inTurn, repeatableLines } from '../read-lines.js';
import { withStore } from '../store.js';
import { linesAbout } from './db/load.js';

const formats = ['optuna-journal', 'orion-pickle'] as const;

interface ImportOptions extends PrintOptions {
  readonly format: (typeof formats)[number];
  readonly study?: string;
  readonly resolve?: Resolution;
}

export function importCommand(): Command {
  return storeCommand(
    'import',
    "Read the searches of another program into a store, which is created where there is none: an Optuna journal, or Orion's database in a file, of which nothing is executed.",
    [
      'trialbase import journal.log --format optuna-journal --study digits',
      'trialbase import orion_db.pkl --format orion-pickle --resolve bump',
    ],
  )
    .argument('<file>', 'what the other program wrote')
    .addOption(new Option('--format <format>', 'what it is').choices(formats).makeOptionMandatory())
    .option('--study <name>', 'of an Optuna journal, this study alone')
    .addOption(resolutionOption())
    .option('--json', JSON_HELP)
    .action((file: string, options: ImportOptions, command: Command) =>
      withStore(command, 'create', async ({ storage }) => {
        const read = await readerOf(file, options);
        const loaded = await loadDump(storage, read, { resolution: options.resolve, newIds: true });
        await printValue(loaded, linesAbout(loaded), options);
      }),
    );
}

async function readerOf(file: string, { format, study }: ImportOptions): Promise<() => AsyncIterable<Entry>> {
  if (format === 'optuna-journal') {
    const { readJournal } = await import('../optuna/read-journal.js');
    const lines = await repeatableLines(file);
    return () => readJournal(lines(), { study });
  }
  const { readOrion } = await import('../orion/read-orion.js');
  const bytes = await bytesOf(file);
  return () => inTurn(readOrion(bytes));
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new CommandError('notFound', `'${file}' cannot be read: ${(cause as Error).message}`, { cause });
  }
}

import type { Command } from 'commander';
import { storeCommand } from '../../configuration/command.js';
import { dumpLines } from '../../dump/write-dump.js';
import { findExperiments } from '../../experiments/find.js';
import { type ExperimentOptions, versionOption } from '../../experiments/options.js';
import { type WriteFileOptions, writeFileOrOutput } from '../../output/write-file.js';
import { withStore } from '../../store.js';

type DumpOptions = ExperimentOptions & WriteFileOptions;

export function dumpCommand(): Command {
  return storeCommand(
    'dump',
    'Write a store, or one experiment, as JSON Lines: to standard output, or into a file.',
    ['trialbase db dump -o searches.jsonl', 'trialbase db dump -n digits | gzip > digits.jsonl.gz'],
    { 'Options:': ['name'] },
  )
    .addOption(versionOption('all'))
    .option('-o, --output <file>', 'the file to write; it is there when it is whole')
    .option('-f, --force', 'replace a file that is there')
    .action((options: DumpOptions, command: Command) =>
      withStore(command, 'use', async ({ storage, database }) => {
        const chosen = options.name === undefined ? undefined : await findExperiments(storage, options);
        await writeFileOrOutput(dumpLines(database, chosen), options);
      }),
    );
}

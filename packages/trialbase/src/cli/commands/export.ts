import type { Experiment } from '@trialbase/core';
import { type Command, Option } from 'commander';
import { storeCommand } from '../configuration/command.js';
import { csvLines } from '../exchange/csv-export.js';
import { findExperiment } from '../experiments/find.js';
import { type ExperimentOptions, versionOption } from '../experiments/options.js';
import { streamTrials } from '../experiments/trial-stream.js';
import { toJson } from '../output/json.js';
import { type WriteFileOptions, writeFileOrOutput } from '../output/write-file.js';
import { type Store, withStore } from '../store.js';

const formats = ['csv', 'json', 'optuna-journal'] as const;

interface ExportOptions extends ExperimentOptions, WriteFileOptions {
  readonly format: (typeof formats)[number];
}

export function exportCommand(): Command {
  return storeCommand(
    'export',
    'Write an experiment for other programs: for spreadsheets, as JSON, or as a journal that Optuna opens.',
    [
      'trialbase export -n digits --format csv -o digits.csv',
      'trialbase export -n digits --format optuna-journal -o digits.log   # then: optuna-dashboard digits.log',
    ],
    { 'Options:': ['name'] },
  )
    .addOption(versionOption())
    .addOption(new Option('--format <format>', 'what to write').choices(formats).default('csv'))
    .option(
      '-o, --output <file>',
      'the file to write; it is there when it is whole (default: standard output)',
    )
    .option('-f, --force', 'replace a file that is there')
    .action((options: ExportOptions, command: Command) =>
      withStore(command, 'use', async (store) => {
        const experiment = await findExperiment(store.storage, options);
        await writeFileOrOutput(await linesOf(store, experiment, options.format), options);
      }),
    );
}

async function linesOf(
  { storage }: Store,
  experiment: Experiment,
  format: ExportOptions['format'],
): Promise<AsyncIterable<string>> {
  if (format === 'csv') return csvLines(storage, experiment);
  if (format === 'json') return jsonLines({ storage }, experiment);
  const { journalLines } = await import('../optuna/write-journal.js');
  return journalLines(experiment, streamTrials(storage, experiment));
}

async function* jsonLines(
  { storage }: Pick<Store, 'storage'>,
  experiment: Experiment,
): AsyncGenerator<string> {
  yield `{"experiment": ${toJson(experiment)},\n"trials": [`;
  let before = '\n';
  for await (const trial of streamTrials(storage, experiment)) {
    yield before + toJson(trial);
    before = ',\n';
  }
  yield '\n]}\n';
}

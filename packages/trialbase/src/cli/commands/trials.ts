import { objectiveOf } from '@trialbase/client';
import {
  type Experiment,
  type FetchTrialsOptions,
  InvalidQueryError,
  type SortQuery,
  type Trial,
} from '@trialbase/core';
import type { Command } from 'commander';
import { JSON_HELP, storeCommand } from '../configuration/command.js';
import { whole } from '../configuration/values.js';
import { findExperiment } from '../experiments/find.js';
import { type ExperimentOptions, versionOption } from '../experiments/options.js';
import { streamTrials } from '../experiments/trial-stream.js';
import { parseObject } from '../extended-json.js';
import type { Column } from '../output/columns.js';
import { formatNumber, formatTime, formatValue } from '../output/format.js';
import { type PrintOptions, printRecords } from '../output/print.js';
import { withStore } from '../store.js';

interface TrialsOptions extends ExperimentOptions, PrintOptions {
  readonly where?: string;
  readonly sort?: string;
  readonly limit?: number;
  readonly skip?: number;
}

export function trialsCommand(): Command {
  return storeCommand(
    'trials',
    'List the trials of an experiment.',
    [
      'trialbase trials -n digits --where \'{"status": "completed"}\' --sort results.0.value --limit 10',
      'trialbase trials -n digits --where \'{"params": {"$elemMatch": {"name": "/lr", "value": {"$lt": 1e-3}}}}\'',
      "trialbase trials -n digits --json | jq '.[].results'",
    ],
    { 'Options:': ['name'] },
  )
    .addOption(versionOption())
    .option('--where <query>', 'only those that meet a MongoDB query, as JSON')
    .option(
      '--sort <fields>',
      "by fields, with '-' for descending: -end_time,worker; or as JSON (default: submit_time)",
    )
    .option('--limit <number>', 'so many at most', whole(0))
    .option('--skip <number>', 'leave out so many first', whole(0))
    .option('--json', `${JSON_HELP}: the whole trials`)
    .action((options: TrialsOptions, command: Command) =>
      withStore(command, 'use', async ({ storage }) => {
        const asked = fetchOptions(options);
        const experiment = await findExperiment(storage, options);
        await printRecords(columnsOf(experiment), streamTrials(storage, experiment, asked), options);
      }),
    );
}

/** Read before the store is opened, so that a mistake is told first. */
function fetchOptions({ where, sort, limit, skip }: TrialsOptions): FetchTrialsOptions {
  return {
    ...(where !== undefined && { where: parseObject(where, '--where') }),
    ...(sort !== undefined && { sort: parseSort(sort) }),
    ...(limit !== undefined && { limit }),
    ...(skip !== undefined && { skip }),
  };
}

function parseSort(text: string): SortQuery {
  if (text.trimStart().startsWith('{')) return parseObject(text, '--sort') as SortQuery;
  const keys = text.split(',').map((field) => field.trim());
  if (keys.some((key) => key.replace('-', '') === ''))
    throw new InvalidQueryError(`--sort has a field without a name in '${text}'`);
  return Object.fromEntries(keys.map((key) => (key.startsWith('-') ? [key.slice(1), -1] : [key, 1])));
}

function columnsOf({ space }: Experiment): Column<Trial>[] {
  const names = Object.keys(space ?? {});
  return [
    { title: 'id', value: ({ id }) => id },
    { title: 'status', value: ({ status }) => status },
    { title: 'objective', align: 'right', value: ({ results }) => formatNumber(objectiveOf(results)) },
    ...names.map(
      (name): Column<Trial> => ({
        title: name.replace(/^\//, ''),
        align: 'right',
        value: ({ params }) => formatValue(params.find((param) => param.name === name)?.value),
      }),
    ),
    { title: 'worker', value: ({ worker }) => worker ?? undefined },
    { title: 'started', value: ({ start_time }) => formatTime(start_time) },
    { title: 'ended', value: ({ end_time }) => formatTime(end_time) },
  ];
}

import type { Experiment } from '@trialbase/core';
import type { Command } from 'commander';
import { JSON_HELP, storeCommand } from '../configuration/command.js';
import { findExperiments, titleOf, versionOf } from '../experiments/find.js';
import { type ExperimentOptions, versionOption } from '../experiments/options.js';
import { parentOf, treeLines, treesOf } from '../experiments/tree.js';
import { formatTime } from '../output/format.js';
import { type PrintOptions, printLines, printRecords } from '../output/print.js';
import { colors } from '../output/write.js';
import { withStore } from '../store.js';

export function listCommand(): Command {
  return storeCommand(
    'list',
    'List the experiments: each version below the one that it branched from.',
    ['trialbase list', 'trialbase list -n digits --json'],
    { 'Options:': ['name'] },
  )
    .addOption(versionOption('all'))
    .option('--json', JSON_HELP)
    .action((options: ExperimentOptions & PrintOptions, command: Command) =>
      withStore(command, 'use', async ({ storage }) => {
        const experiments = await findExperiments(storage, options);
        if (options.json) await printRecords([], experiments.map(summaryOf), options);
        else await printLines(treeLines(treesOf(experiments), draw));
      }),
    );
}

function draw(experiment: Experiment): string[] {
  const since = formatTime(createdAt(experiment));
  return [`${titleOf(experiment)}${since === undefined ? '' : colors.dim(`  ${since}`)}`];
}

function summaryOf(experiment: Experiment): object {
  const { _id, name, max_trials = null } = experiment;
  return {
    _id,
    name,
    version: versionOf(experiment),
    parent: parentOf(experiment) ?? null,
    created: createdAt(experiment) ?? null,
    max_trials,
  };
}

function createdAt({ metadata }: Experiment): Date | undefined {
  const datetime = (metadata as { datetime?: unknown } | null | undefined)?.datetime;
  return datetime instanceof Date ? datetime : undefined;
}

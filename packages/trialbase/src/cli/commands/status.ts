import { fetchStats } from '@trialbase/client';
import { type Experiment, type TrialStatus, trialStatuses } from '@trialbase/core';
import type { Command } from 'commander';
import { JSON_HELP, storeCommand } from '../configuration/command.js';
import { findExperiments, titleOf, versionOf } from '../experiments/find.js';
import { type ExperimentOptions, versionOption } from '../experiments/options.js';
import { type Branch, treeLines, treesOf } from '../experiments/tree.js';
import { formatNumber } from '../output/format.js';
import { type PrintOptions, printValue } from '../output/print.js';
import { colors } from '../output/write.js';
import { type Store, withStore } from '../store.js';

export function statusCommand(): Command {
  return storeCommand(
    'status',
    'Show how many trials have which status, for each version of each experiment.',
    ['trialbase status', 'trialbase status -n digits', "trialbase status --json | jq '.[].counts.completed'"],
    { 'Options:': ['name'] },
  )
    .addOption(versionOption('all'))
    .option('--json', JSON_HELP)
    .action((options: ExperimentOptions & PrintOptions, command: Command) =>
      withStore(command, 'use', async (store) => {
        const trees = treesOf(await findExperiments(store.storage, options));
        const standings = await Promise.all(trees.map((tree) => stand(store, tree)));
        await printValue(standings.map(toRecord), treeLines(standings, draw), options);
      }),
    );
}

interface Standing {
  readonly experiment: Experiment;
  readonly counts: Readonly<Record<TrialStatus, number>>;
  readonly best: number | undefined;
}

async function stand(store: Store, { value, children }: Branch<Experiment>): Promise<Branch<Standing>> {
  const { counts, bestObjective } = await fetchStats(store.storage, { uid: value._id });
  const standing = { experiment: value, counts, best: bestObjective };
  return { value: standing, children: await Promise.all(children.map((child) => stand(store, child))) };
}

function draw({ experiment, counts, best }: Standing): string[] {
  const present = trialStatuses.filter((status) => counts[status] > 0);
  const parts = present.map((status) => paint[status](`${counts[status]} ${status}`));
  const needed = experiment.max_trials === undefined ? '' : colors.dim(`  of ${experiment.max_trials}`);
  return [
    colors.bold(titleOf(experiment)),
    `  ${parts.join(colors.dim(', ')) || colors.dim('no trials')}${needed}`,
    ...(best === undefined ? [] : [`  best ${formatNumber(best)}`]),
  ];
}

const paint: Readonly<Record<TrialStatus, (text: string) => string>> = {
  new: colors.reset,
  reserved: colors.cyan,
  suspended: colors.yellow,
  completed: colors.green,
  interrupted: colors.yellow,
  broken: colors.red,
};

function toRecord({ value, children }: Branch<Standing>): object {
  const { experiment, counts, best } = value;
  return {
    _id: experiment._id,
    name: experiment.name,
    version: versionOf(experiment),
    max_trials: experiment.max_trials ?? null,
    counts,
    best: best ?? null,
    children: children.map(toRecord),
  };
}

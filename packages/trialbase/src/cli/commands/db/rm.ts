import { type Experiment, type TrialStatus, trialStatuses } from '@trialbase/core';
import { type Command, Option } from 'commander';
import { confirm } from '../../ask.js';
import { JSON_HELP, storeCommand } from '../../configuration/command.js';
import { findExperiment, titleOf } from '../../experiments/find.js';
import { nameFirst } from '../../experiments/name-first.js';
import { versionOption } from '../../experiments/options.js';
import { descendants } from '../../experiments/tree.js';
import { count } from '../../output/format.js';
import { type PrintOptions, printValue } from '../../output/print.js';
import { type Store, withStore } from '../../store.js';

interface RmOptions extends PrintOptions {
  readonly version?: number;
  readonly status?: TrialStatus | '*';
  readonly force?: boolean;
}

export function rmCommand(): Command {
  return nameFirst(
    storeCommand(
      'rm',
      'Remove an experiment with its trials, and those that branched from it; or only trials of them. Asks first.',
      [
        'trialbase db rm digits',
        'trialbase db rm digits --version 1',
        'trialbase db rm digits --status broken',
      ],
    ),
  )
    .addOption(versionOption())
    .addOption(
      new Option('-s, --status <status>', "remove only the trials that have it; '*' for all").choices([
        ...trialStatuses,
        '*',
      ]),
    )
    .option('-f, --force', 'do not ask')
    .option('--json', JSON_HELP)
    .action((name: string, options: RmOptions, command: Command) =>
      withStore(command, 'use', async (store) => {
        const { version } = options;
        const experiment = await findExperiment(store.storage, {
          name,
          ...(version !== undefined && { version }),
        });
        const all = descendants(experiment, await store.storage.fetchExperiments({}));
        const titles = all.map(titleOf).join(', ');
        await confirm(`This removes ${whatOf(options, titles)}, for good.`, name, options.force);
        const removed = await remove(store, all, options);
        const told = `${count(removed.experiments, 'experiment')}, ${count(removed.trials, 'trial')}`;
        await printValue(removed, [`Removed ${told}`], options);
      }),
    );
}

function whatOf({ status }: RmOptions, titles: string): string {
  if (status === undefined) return `${titles} with all trials`;
  return status === '*' ? `all trials of ${titles}` : `the ${status} trials of ${titles}`;
}

/** Children first: a command that is killed in between leaves none without its parent. */
async function remove(
  { storage, database }: Store,
  experiments: readonly Experiment[],
  { status }: RmOptions,
): Promise<{ readonly experiments: number; readonly trials: number }> {
  let [many, trials] = [0, 0];
  for (const experiment of experiments.toReversed()) {
    if (status === undefined) {
      trials += await countAll(database, experiment);
      many += await storage.deleteExperiment(experiment);
    } else trials += await storage.deleteTrials(experiment, status === '*' ? {} : { where: { status } });
  }
  return { experiments: many, trials };
}

function countAll(database: Store['database'], { _id }: Experiment): Promise<number> {
  return database.count('trials', { kind: 'compare', path: ['experiment'], operator: 'equal', operand: _id });
}

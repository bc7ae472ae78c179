import type { Experiment } from '@trialbase/core';
import { everything, SCHEMA_VERSION } from '@trialbase/core/adapter';
import type { Command } from 'commander';
import { JSON_HELP, storeCommand } from '../../configuration/command.js';
import { streamDocuments } from '../../documents.js';
import { count } from '../../output/format.js';
import { type PrintOptions, printValue } from '../../output/print.js';
import { type Store, withStore } from '../../store.js';

export function upgradeCommand(): Command {
  return storeCommand(
    'upgrade',
    'Bring a store to what this version writes: its format, and what documents of older versions lack.\nRun twice, it changes nothing.',
    ['trialbase db upgrade'],
  )
    .option('--json', JSON_HELP)
    .action((options: PrintOptions, command: Command) =>
      withStore(command, 'use', async (store) => {
        const upgraded = await upgrade(store); // Opening it has brought the format up to date.
        const told = `${count(upgraded.experiments, 'experiment')} completed, ${count(upgraded.locks, 'lock')} made`;
        await printValue(upgraded, [`The store has schema ${SCHEMA_VERSION}: ${told}`], options);
      }),
    );
}

async function upgrade({
  storage,
  database,
}: Store): Promise<{ schema: number; experiments: number; locks: number }> {
  const locked = new Set<unknown>();
  for await (const { experiment } of streamDocuments(database, 'algo', everything)) locked.add(experiment);
  let [experiments, locks] = [0, 0];
  for (const experiment of await storage.fetchExperiments({})) {
    const lacking = lackingIn(experiment);
    if (Object.keys(lacking).length > 0) {
      await storage.updateExperiment(experiment, lacking);
      experiments += 1;
    }
    if (locked.has(experiment._id)) continue;
    await storage.initializeAlgorithmLock(experiment._id, experiment.algorithm);
    locks += 1;
  }
  return { schema: SCHEMA_VERSION, experiments, locks };
}

function lackingIn({ _id, version, refers }: Experiment): Readonly<Record<string, unknown>> {
  return {
    ...(version === undefined && { version: 1 }),
    ...((refers === undefined || refers === null) && {
      refers: { root_id: _id, parent_id: null, adapter: [] },
    }),
  };
}

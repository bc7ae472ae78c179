import { fetchBest, fetchStats, objectiveOf } from '@trialbase/client';
import type { Experiment, Trial } from '@trialbase/core';
import type { Command } from 'commander';
import { JSON_HELP, storeCommand } from '../configuration/command.js';
import { findExperiment, titleOf } from '../experiments/find.js';
import { type ExperimentOptions, versionOption } from '../experiments/options.js';
import { count, number, time, value } from '../output/format.js';
import { type PrintOptions, printValue } from '../output/print.js';
import { colors } from '../output/write.js';
import { type Store, withStore } from '../store.js';

export function infoCommand(): Command {
  return storeCommand(
    'info',
    'Show all about one experiment: what it searches, how, how far it is, and the best so far.',
    ['trialbase info -n digits', "trialbase info -n digits --json | jq '.best.params'"],
    ['name'],
  )
    .addOption(versionOption())
    .option('--json', JSON_HELP)
    .action((options: ExperimentOptions & PrintOptions, command: Command) =>
      withStore(command, 'use', async (store) => {
        const about = await lookAt(store, await findExperiment(store.storage, options));
        await printValue(about, linesOf(about), options);
      }),
    );
}

type About = Awaited<ReturnType<typeof lookAt>>;

async function lookAt({ storage }: Store, experiment: Experiment) {
  const { bestObjective: _, bestTrial: __, ...stats } = await fetchStats(storage, experiment);
  const lock = await storage.getAlgorithmLockInfo(experiment);
  return {
    experiment,
    stats,
    best: (await fetchBest(storage, experiment)) ?? null,
    lock: lock ? { locked: lock.locked, heartbeat: lock.heartbeat } : null,
  };
}

function* linesOf({ experiment, stats, best, lock }: About): Generator<string> {
  yield* section(titleOf(experiment), [
    ['_id', String(experiment._id)],
    ['trials wanted', number(experiment.max_trials) ?? 'no end'],
    ['broken allowed', number(experiment.max_broken)],
    ['algorithm', value(experiment.algorithm)],
    ['metadata', value(experiment.metadata)],
  ]);
  yield* section(
    'Space',
    Object.entries((experiment.space ?? {}) as object).map(([name, prior]) => [name, value(prior)]),
  );
  yield* section('Trials', [
    ...Object.entries(stats.counts)
      .filter(([, many]) => many > 0)
      .map(([status, many]): Entry => [status, String(many)]),
    ['first started', time(stats.startTime)],
    ['last ended', time(stats.finishTime)],
  ]);
  yield* section('Algorithm lock', [
    ['state', lock ? (lock.locked ? 'held' : 'free') : 'there is none: trialbase db upgrade makes it'],
    ['last touched', time(lock?.heartbeat)],
  ]);
  if (best) yield* section('Best', entriesOf(best));
}

type Entry = readonly [name: string, text: string | undefined];

function entriesOf(trial: Trial): Entry[] {
  return [
    ['id', trial.id],
    ['objective', number(objectiveOf(trial.results))],
    ...trial.params.map((param): Entry => [param.name, value(param.value)]),
    ['results', count(trial.results.length, 'value')],
  ];
}

function* section(title: string, entries: readonly Entry[]): Generator<string> {
  const said = entries.filter(([, text]) => text !== undefined);
  if (said.length === 0) return;
  const width = Math.max(...said.map(([name]) => name.length));
  yield colors.bold(title);
  for (const [name, text] of said) yield `  ${name.padEnd(width)}  ${text}`;
  yield '';
}

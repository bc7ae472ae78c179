import { fetchBest, fetchStats, objectiveOf } from '@trialbase/client';
import type { Experiment, Trial } from '@trialbase/core';
import type { Command } from 'commander';
import { JSON_HELP, storeCommand } from '../configuration/command.js';
import { findExperiment, titleOf } from '../experiments/find.js';
import { type ExperimentOptions, versionOption } from '../experiments/options.js';
import { count, formatNumber, formatTime, formatValue } from '../output/format.js';
import { type PrintOptions, printValue } from '../output/print.js';
import { colors } from '../output/write.js';
import { type Store, withStore } from '../store.js';

export function infoCommand(): Command {
  return storeCommand(
    'info',
    'Show all about one experiment: what it searches, how, how far it is, and the best so far.',
    ['trialbase info -n digits', "trialbase info -n digits --json | jq '.best.params'"],
    { 'Options:': ['name'] },
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
    ['trials wanted', formatNumber(experiment.max_trials) ?? 'no end'],
    ['broken allowed', formatNumber(experiment.max_broken)],
    ['algorithm', formatValue(experiment.algorithm)],
    ['metadata', formatValue(experiment.metadata)],
  ]);
  yield* section(
    'Space',
    Object.entries(experiment.space ?? {}).map(([name, prior]) => [name, formatValue(prior)]),
  );
  yield* section('Trials', [
    ...Object.entries(stats.counts)
      .filter(([, many]) => many > 0)
      .map(([status, many]): Entry => [status, String(many)]),
    ['first started', formatTime(stats.startTime)],
    ['last ended', formatTime(stats.finishTime)],
  ]);
  yield* section('Algorithm lock', [
    ['state', lock ? (lock.locked ? 'held' : 'free') : 'there is none: trialbase db upgrade makes it'],
    ['last touched', formatTime(lock?.heartbeat)],
  ]);
  if (best) yield* section('Best', entriesOf(best));
}

type Entry = readonly [name: string, text: string | undefined];

function entriesOf(trial: Trial): Entry[] {
  return [
    ['id', trial.id],
    ['objective', formatNumber(objectiveOf(trial.results))],
    ...trial.params.map((param): Entry => [param.name, formatValue(param.value)]),
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

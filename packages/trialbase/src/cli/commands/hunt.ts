import { join } from 'node:path';
import type { ExperimentClient, WorkSummary } from '@trialbase/client';
import type { Command } from 'commander';
import { JSON_HELP, storeCommand } from '../configuration/command.js';
import { programSettings, searchSettings, workSettings } from '../configuration/settings.js';
import { storeConfig } from '../configuration/store-config.js';
import { titleOf } from '../experiments/find.js';
import { versionOption } from '../experiments/options.js';
import type { HuntOptions } from '../hunt/hunt.js';
import type { SearchOptions } from '../hunt/open-search.js';
import type { CommandTemplate } from '../hunt/template.js';
import type { PrintOptions } from '../output/print.js';
import { say } from '../output/write.js';
import { type Store, withStore } from '../store.js';

interface HuntCommandOptions extends SearchOptions, PrintOptions {
  readonly workers: number;
  readonly worker?: string;
  readonly workerTrials?: number;
  readonly poolSize: number;
  readonly idleTimeout?: number;
  readonly heartbeat?: number;
  readonly stopping?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly killAfter?: number;
  readonly workingDir?: string;
}

export function huntCommand(): Command {
  return storeCommand(
    'hunt',
    'Tune a program in any language: run it with other values of its parameters, until there are enough trials.\n' +
      'A parameter is marked by a tilde and its prior, in an argument or in a YAML or JSON file. The program leaves its ' +
      'results, as JSON, in the file that the variable TRIALBASE_RESULTS names: a number, the smaller the better, or ' +
      '{"objective": 0.1, "statistics": {"accuracy": 0.97}}. Several terminals may hunt the same name at once.',
    [
      "trialbase hunt -n digits --max-trials 50 -- python train.py --lr~'loguniform(1e-5, 1.0)' --layers~'uniform(1, 4, discrete=True)'",
      'trialbase hunt -n digits --workers 4 -- ./train.sh config.yaml   # in which: lr: ~loguniform(1e-5, 1.0)',
      'trialbase hunt -n digits --max-trials 100                        # goes on with the command of before',
      'trialbase hunt -n digits --algorithm tpe --seed 1 --stopping median -- ./train.sh config.yaml',
    ],
    { 'Search:': searchSettings, 'Workers:': workSettings, 'Program:': programSettings },
  )
    .argument('[command...]', "the program and its arguments, after '--'")
    .addOption(versionOption())
    .option('--json', `${JSON_HELP}: what came of it`)
    .passThroughOptions()
    .action((words: readonly string[], options: HuntCommandOptions, command: Command) =>
      withStore(command, 'create', async (store) => {
        const [{ openSearch }, { tellOutcome }] = await Promise.all([
          import('../hunt/open-search.js'),
          import('../hunt/outcome.js'),
        ]);
        const how = await howTo(options);
        const { search, template } = await openSearch(store.storage, words, options);
        const outputDirectory = join(workingDirectory(command, options), directoryName(search));
        const summary = await run(store, search, template, { ...how, outputDirectory });
        await tellOutcome(search, summary, options);
      }),
    );
}

/** How the options say to hunt. */
async function howTo(options: HuntCommandOptions): Promise<Omit<HuntOptions, 'outputDirectory'>> {
  const [{ parseStopping }, { checkedDirectory }] = await Promise.all([
    import('../hunt/stopping.js'),
    import('../hunt/directory.js'),
  ]);
  const { workers, worker, poolSize, idleTimeout, heartbeat, workerTrials, stopping } = options;
  const { cwd, env, killAfter } = options;
  return {
    work: {
      workers,
      poolSize,
      ...(worker !== undefined && { worker }),
      ...(idleTimeout !== undefined && { idleTimeout }),
      ...(heartbeat !== undefined && { heartbeatInterval: heartbeat }),
      ...(workerTrials !== undefined && { maxTrials: workerTrials }),
      ...(stopping !== undefined && { stopping: parseStopping(stopping) }),
    },
    program: {
      ...(cwd !== undefined && { cwd: checkedDirectory(cwd, '--cwd') }),
      ...(env !== undefined && { env }),
      ...(killAfter !== undefined && { killAfter }),
    },
  };
}

async function run(
  store: Store,
  search: ExperimentClient,
  template: CommandTemplate,
  options: HuntOptions,
): Promise<WorkSummary> {
  const [{ hunt }, { createReporter }, { interruptible }, { explainAlgorithm }] = await Promise.all([
    import('../hunt/hunt.js'),
    import('../hunt/reporter.js'),
    import('../hunt/interrupt.js'),
    import('../hunt/explain-algorithm.js'),
  ]);
  say(explainAlgorithm(search));
  return interruptible((signal) =>
    hunt(store, search, template, createReporter(), { ...options, work: { ...options.work, signal } }),
  );
}

function workingDirectory(command: Command, { workingDir }: HuntCommandOptions): string {
  return workingDir ?? `${storeConfig(command).path ?? '.trialbase'}-output`;
}

/** A name may hold what a path may not. */
function directoryName({ record }: ExperimentClient): string {
  return encodeURIComponent(titleOf(record));
}

import { userInfo } from 'node:os';
import { join } from 'node:path';
import {
  type AlgorithmConfiguration,
  type ExperimentClient,
  openExperiment,
  type SpaceInput,
  type WorkSummary,
} from '@trialbase/client';
import type { StorageProtocol } from '@trialbase/core';
import type { Command } from 'commander';
import { JSON_HELP, storeCommand } from '../configuration/command.js';
import { storeConfig } from '../configuration/store-config.js';
import { CommandError, type ExitCode, exitCodes } from '../exit-codes.js';
import { titleOf } from '../experiments/find.js';
import { type ExperimentOptions, versionOption } from '../experiments/options.js';
import { parseObject } from '../extended-json.js';
import type { CommandTemplate } from '../hunt/template.js';
import { count } from '../output/format.js';
import { type PrintOptions, printValue } from '../output/print.js';
import { say } from '../output/write.js';
import { type Store, withStore } from '../store.js';

interface HuntCommandOptions extends ExperimentOptions, PrintOptions {
  readonly maxTrials?: number;
  readonly maxBroken?: number;
  readonly workers: number;
  readonly algorithm?: string;
  readonly heartbeat?: number;
  readonly workingDir?: string;
}

export function huntCommand(): Command {
  return storeCommand(
    'hunt',
    'Tune a program in any language: run it with other values of its parameters, until there are enough trials.\n' +
      'A parameter is marked by a tilde and its prior, in an argument or in a YAML or JSON file. The program leaves its\n' +
      'results, as JSON, in the file that the variable TRIALBASE_RESULTS names: a number, the smaller the better, or\n' +
      '{"objective": 0.1, "statistics": {"accuracy": 0.97}}. Several terminals may hunt the same name at once.',
    [
      "trialbase hunt -n digits --max-trials 50 -- python train.py --lr~'loguniform(1e-5, 1.0)' --layers~'uniform(1, 4, discrete=True)'",
      'trialbase hunt -n digits --workers 4 -- ./train.sh config.yaml   # in which: lr: ~loguniform(1e-5, 1.0)',
      'trialbase hunt -n digits --max-trials 100                        # goes on with the command of before',
    ],
    ['name', 'max-trials', 'max-broken', 'workers', 'algorithm', 'working-dir'],
  )
    .argument('[command...]', "the program and its arguments, after '--'")
    .addOption(versionOption())
    .option('--json', `${JSON_HELP}: what came of it`)
    .passThroughOptions()
    .action((words: readonly string[], options: HuntCommandOptions, command: Command) =>
      withStore(command, 'create', async (store) => {
        const { CommandTemplate: Template } = await import('../hunt/template.js');
        const given = await wordsOf(store.storage, words, options);
        const template = new Template(given);
        const search = await open(store.storage, given, template.space, options);
        const outputDirectory = join(workingDirectory(command, options), directoryName(search));
        const summary = await run(store, search, template, { ...options, outputDirectory });
        await tell(search, summary, options);
        process.exitCode = exitCodeFor[summary.reason];
      }),
    );
}

async function run(
  store: Store,
  search: ExperimentClient,
  template: CommandTemplate,
  { workers, heartbeat, outputDirectory }: HuntCommandOptions & { readonly outputDirectory: string },
): Promise<WorkSummary> {
  const [{ hunt }, { createReporter }, { interruptible }, { explainAlgorithm }] = await Promise.all([
    import('../hunt/hunt.js'),
    import('../hunt/reporter.js'),
    import('../hunt/interrupt.js'),
    import('../hunt/explain-algorithm.js'),
  ]);
  say(explainAlgorithm(search.record, template.space));
  return interruptible((signal) =>
    hunt(store, search, template, createReporter(), {
      workers,
      outputDirectory,
      heartbeatInterval: heartbeat,
      signal,
    }),
  );
}

/** The command that is given, or that of the experiment when it was created. */
async function wordsOf(
  storage: StorageProtocol,
  words: readonly string[],
  { name, version }: HuntCommandOptions,
): Promise<readonly string[]> {
  if (name === undefined) throw new CommandError('misused', 'Say which experiment: -n NAME');
  if (words.length > 0) return words;
  const found = await storage.fetchExperiments(version === undefined ? { name } : { name, version });
  const latest = found.toSorted((a, b) => (b.version ?? 1) - (a.version ?? 1))[0];
  const stored = (latest?.metadata as { user_args?: unknown } | null | undefined)?.user_args;
  if (Array.isArray(stored) && stored.length > 0) return stored.map(String);
  throw new CommandError(
    'misused',
    `Give the program to tune after '--': the experiment '${name}' has none yet`,
  );
}

function open(
  storage: StorageProtocol,
  words: readonly string[],
  space: SpaceInput,
  { name = '', version, maxTrials, maxBroken, algorithm }: HuntCommandOptions,
): Promise<ExperimentClient> {
  if (Object.keys(space).length === 0)
    throw new CommandError(
      'misused',
      "There is nothing to tune: mark a parameter, as in --lr~'loguniform(1e-5, 1.0)'",
    );
  return openExperiment(storage, {
    name,
    space,
    metadata: { user: userInfo().username, user_args: words },
    ...(version !== undefined && { version }),
    ...(maxTrials !== undefined && { maxTrials }),
    ...(maxBroken !== undefined && { maxBroken }),
    ...(algorithm !== undefined && { algorithm: parseAlgorithm(algorithm) }),
  });
}

function parseAlgorithm(text: string): AlgorithmConfiguration {
  if (!text.trimStart().startsWith('{')) return { [text]: {} };
  return parseObject(text, '--algorithm') as AlgorithmConfiguration;
}

function workingDirectory(command: Command, { workingDir }: HuntCommandOptions): string {
  return workingDir ?? `${storeConfig(command).path ?? '.trialbase'}-output`;
}

/** A name may hold what a path may not. */
function directoryName({ record }: ExperimentClient): string {
  return encodeURIComponent(titleOf(record));
}

const exitCodeFor: Readonly<Record<WorkSummary['reason'], ExitCode>> = {
  'max-trials': exitCodes.ok,
  exhausted: exitCodes.ok,
  'max-broken': exitCodes.unfinished,
  idle: exitCodes.unfinished,
  aborted: exitCodes.interrupted,
};

const inWords: Readonly<Record<WorkSummary['reason'], string>> = {
  'max-trials': 'It has all its trials',
  exhausted: 'All points of the space were tried',
  'max-broken':
    'Too many trials broke: mend the program, then make them wait anew with trialbase db set, or raise --max-broken',
  idle: 'There was nothing to do',
  aborted: 'Interrupted. Nothing is lost: start it again to go on',
};

async function tell(search: ExperimentClient, summary: WorkSummary, options: PrintOptions): Promise<void> {
  const best = await search.best();
  const { told } = await import('../hunt/reporter.js');
  const here = `${count(summary.completed, 'trial')} completed here${summary.broken > 0 ? `, ${summary.broken} broken` : ''}`;
  if (!options.json) say(`${inWords[summary.reason]}. ${here}.`);
  const record = { experiment: search.record._id, ...summary, best: best ?? null };
  await printValue(record, best ? [`best ${told(best)}`] : [], options);
}

import type { Command } from 'commander';
import { JSON_HELP, storeCommand } from '../../configuration/command.js';
import { readDump } from '../../dump/format.js';
import { type Loaded, loadDump, type Resolution, resolutionOption } from '../../dump/load-dump.js';
import { count } from '../../output/format.js';
import { type PrintOptions, printValue } from '../../output/print.js';
import { repeatableLines } from '../../read-lines.js';
import { withStore } from '../../store.js';

interface LoadOptions extends PrintOptions {
  readonly resolve?: Resolution;
}

export function loadCommand(): Command {
  return storeCommand(
    'load',
    "Read what 'db dump' wrote into a store, which is created where there is none.",
    [
      'trialbase db load searches.jsonl --store file:copy',
      'trialbase db dump --store file:a | trialbase db load - --store file:b --resolve bump',
    ],
  )
    .argument('<file>', "the dump; '-' is standard input")
    .addOption(resolutionOption())
    .option('--json', JSON_HELP)
    .action((file: string, options: LoadOptions, command: Command) =>
      withStore(command, 'create', async ({ storage }) => {
        const lines = await repeatableLines(file);
        const loaded = await loadDump(storage, () => readDump(lines()), { resolution: options.resolve });
        await printValue(loaded, linesAbout(loaded), options);
      }),
    );
}

/** What was loaded, in words. */
export function linesAbout({ loaded, ignored }: Loaded): string[] {
  const { experiments, trials, benchmarks } = loaded;
  const parts = [count(experiments, 'experiment'), count(trials, 'trial'), count(benchmarks, 'benchmark')];
  const left = ignored.experiments + ignored.benchmarks + ignored.trials;
  return [
    `Loaded ${parts.join(', ')}`,
    ...(left > 0 ? [`Left out ${count(left, 'document')} that the store has already`] : []),
  ];
}

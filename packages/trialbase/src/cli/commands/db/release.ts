import type { Command } from 'commander';
import { confirm } from '../../ask.js';
import { JSON_HELP, storeCommand } from '../../configuration/command.js';
import { CommandError } from '../../exit-codes.js';
import { findExperiment, titleOf } from '../../experiments/find.js';
import { nameFirst } from '../../experiments/name-first.js';
import { versionOption } from '../../experiments/options.js';
import { formatTime } from '../../output/format.js';
import { type PrintOptions, printValue } from '../../output/print.js';
import { withStore } from '../../store.js';

interface ReleaseOptions extends PrintOptions {
  readonly version?: number;
  readonly force?: boolean;
}

export function releaseCommand(): Command {
  return nameFirst(
    storeCommand(
      'release',
      'Free the algorithm lock of an experiment, whoever holds it. Asks first.\n' +
        'The lock of a worker that died frees itself: this is for one that hangs.',
      ['trialbase db release digits', 'trialbase db release digits --version 2 --force'],
    ),
  )
    .addOption(versionOption())
    .option('-f, --force', 'do not ask')
    .option('--json', JSON_HELP)
    .action((name: string, options: ReleaseOptions, command: Command) =>
      withStore(command, 'use', async ({ storage }) => {
        const { version, force } = options;
        const experiment = await findExperiment(storage, { name, ...(version !== undefined && { version }) });
        const lock = await storage.getAlgorithmLockInfo(experiment);
        const title = titleOf(experiment);
        if (!lock)
          throw new CommandError(
            'notFound',
            `'${title}' has no algorithm lock: trialbase db upgrade makes it`,
          );
        if (!lock.locked) {
          await printValue({ released: false }, [`The lock of ${title} is free`], options);
          return;
        }
        const since = `held, and was last touched at ${formatTime(lock.heartbeat) ?? 'no known time'}`;
        await confirm(
          `The lock of ${title} is ${since}. Whoever holds it loses what it is computing.`,
          name,
          force,
        );
        const released = await storage.releaseAlgorithmLock(experiment);
        await printValue(
          { released },
          [released ? `Released the lock of ${title}` : 'It was freed meanwhile'],
          options,
        );
      }),
    );
}

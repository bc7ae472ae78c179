import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';

/** What the command line asks for. */
export interface Options {
  readonly workers: number;
  readonly trials?: number;
  readonly store: string;
  readonly seed?: number;
  readonly fresh?: boolean;
}

/** Reads the command line. Prints the help, or what is wrong, and ends the process (0, or 2) where there is no more to do. */
export function readOptions(args: readonly string[]): Options {
  const command = new Command('npm start --')
    .usage('[options]')
    .description(
      'Tunes a small neural network on handwritten digits, with several processes on one store.\n' +
        'Ctrl-C stops it and loses nothing; started again, it goes on.',
    )
    .option('--workers <number>', 'processes that train networks', whole(1, 256), availableParallelism())
    .option(
      '--trials <number>',
      'networks to train; more than before goes on with the search (default: 64)',
      whole(1),
    )
    .option('--store <directory>', 'where the search is kept', '.trialbase-tune-digits')
    .option('--seed <number>', 'makes the same search again (default: another each time)', whole(0))
    .option('--fresh', 'forget the search in the store and start over')
    .helpOption('--help', 'show this help')
    .allowExcessArguments(false)
    .showHelpAfterError('(--help lists the options)')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  return command.parse(args, { from: 'user' }).opts<Options & Record<string, unknown>>();
}

function whole(least: number, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`It must be a whole number ${range}.`);
  };
}
